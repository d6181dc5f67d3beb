"""What comes before any page of a site: each names the page to which somebody is led for whom it is due."""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.people.models import Account, User
from consentry.people.queries.second_factor import demand_of
from consentry.people.queries.terms import terms_to_accept
from consentry.rules.identity import SchoolId
from consentry.rules.second_factor import is_due
from consentry.schools.models import Site
from consentry.web.how_they_came import how_they_came
from consentry.web.way_back import lead_to


class Coming(Protocol):
    """Who comes to which site: what is looked at of a visit (web/visit.py)."""

    @property
    def site(self) -> Site: ...  # noqa: D102 - as a visit has it

    @property
    def school(self) -> SchoolId: ...  # noqa: D102 - the same

    @property
    def user(self) -> User: ...  # noqa: D102 - the same

    @property
    def account(self) -> Account: ...  # noqa: D102 - the same


Due = Callable[[HttpRequest, Coming], HttpResponse | None]


def second_factor_due(request: HttpRequest, visit: Coming) -> HttpResponse | None:
    """The second factor that the site demands and the person has not used in this session.

    One who came from a trust is held to what the school demands.
    """
    coming = how_they_came(request, visit.user)
    if coming.used_factor or not is_due(demand_of(visit.school), coming):
        return None
    slug = visit.site.slug
    return lead_to(reverse("second-factor", args=[slug]), request, slug)


def terms_due(request: HttpRequest, visit: Coming) -> HttpResponse | None:
    """The terms and conditions that the person has not accepted at this site."""
    if terms_to_accept(visit.account) is None:
        return None
    slug = visit.site.slug
    return lead_to(reverse("terms", args=[slug]), request, slug)


DUE: tuple[Due, ...] = (second_factor_due, terms_due)
"""In this order: what is accepted at a site is accepted by somebody who has proved all that the site asks for."""


def first_due(request: HttpRequest, visit: Coming, before: Due | None = None) -> HttpResponse | None:
    """The way to the first that is due, or None where nothing is.

    On the page of one that is due itself, `before` names that: only what comes before it leads away from there.
    """
    come_first = DUE if before is None else DUE[: DUE.index(before)]
    return next((answer for each in come_first if (answer := each(request, visit)) is not None), None)
