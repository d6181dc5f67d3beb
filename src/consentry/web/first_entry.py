"""That somebody has come to a site for the first time: from then on it is told of their attempts to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from consentry.people.actions.note_entry import note_entry
from consentry.web.came_by import came_by_sso
from consentry.web.facts_of_session import facts_of

if TYPE_CHECKING:
    from consentry.web.visit import Visit

_KEY = "entered"


def tell_of_first_entry(request: HttpRequest, visit: Visit) -> None:
    """Once a session and site, after all that was due there.

    Coming from a trust, or by single sign-on, is told as it happens.
    """
    looked_at = request.session.get(_KEY, [])
    is_new = visit.account.trust_id is None and visit.account.id not in looked_at and not came_by_sso(request)
    if not is_new or not get_authentication_records(request, visit.user):
        return
    note_entry(visit.account, facts_of(request, visit.user))
    request.session[_KEY] = [*looked_at, visit.account.id]
