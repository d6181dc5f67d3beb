"""The Login History of those sites that somebody has signed in to."""

from django.http import HttpRequest

from consentry.people.actions.note_sign_in import note_sign_in, note_sign_in_of
from consentry.people.models import Outcome, User
from consentry.people.queries.accounts import sites_of
from consentry.people.queries.single_sign_on import accounts_vouched_for
from consentry.web.came_by import came_by
from consentry.web.facts_of_session import facts_of
from consentry.web.way_back import site_of_way


def note_signed_in(request: HttpRequest, user: User, redirect_url: str | None) -> None:
    """A row at each site whose pages are open to them now: through an identity provider, at its own alone.

    By a password it is told to the sites that they have entered before, and to the one that they are led to now.
    """
    facts, provider = facts_of(request, user), came_by(request, user)
    if provider is None:
        led_to = site_of_way(redirect_url or "") or _only_site(user)
        note_sign_in(user, outcome=Outcome.SIGNED_IN, facts=facts, on_way_to=led_to)
    else:
        note_sign_in_of(accounts_vouched_for(provider, user), outcome=Outcome.SIGNED_IN, facts=facts)


def _only_site(user: User) -> str:
    """The site that the root address leads to, where it leads to one."""
    slugs = list(sites_of(user).values_list("slug", flat=True)[:2])
    return slugs[0] if len(slugs) == 1 else ""
