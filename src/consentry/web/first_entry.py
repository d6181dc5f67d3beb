"""That somebody has come to a site for the first time: from then on it is told of their attempts to sign in."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from consentry.people.actions.note_entry import note_entry
from consentry.people.models import Account, User
from consentry.web.came_by import came_by_sso
from consentry.web.facts_of_session import facts_of

_KEY = "entered"


def tell_of_first_entry(request: HttpRequest, user: User, account: Account) -> None:
    """Once a session and site, after all that was due there.

    Coming from a trust, or by single sign-on, is told as it happens.
    """
    looked_at = request.session.get(_KEY, [])
    is_new = account.trust_id is None and account.id not in looked_at and not came_by_sso(request)
    if not is_new or not get_authentication_records(request, user):
        return
    note_entry(account, facts_of(request, user))
    request.session[_KEY] = [*looked_at, account.id]
