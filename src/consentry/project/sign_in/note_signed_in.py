"""The Login History of those sites that somebody has signed in to."""

from django.http import HttpRequest

from consentry.people.actions.note_sign_in import note_sign_in, note_sign_in_of
from consentry.people.models import Outcome, User
from consentry.people.queries.single_sign_on import accounts_vouched_for
from consentry.web.came_by import came_by
from consentry.web.facts_of_session import facts_of


def note_signed_in(request: HttpRequest, user: User) -> None:
    """A row at each site whose pages are open to them now: through an identity provider, at its own alone."""
    facts, provider = facts_of(request, user), came_by(request, user)
    if provider is None:
        note_sign_in(user, outcome=Outcome.SIGNED_IN, facts=facts)
    else:
        note_sign_in_of(accounts_vouched_for(provider, user), outcome=Outcome.SIGNED_IN, facts=facts)
