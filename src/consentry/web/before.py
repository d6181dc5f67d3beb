"""What comes before any page of a site: each names the page to which somebody is led for whom it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.people.queries.terms import terms_to_accept
from consentry.web.way_back import lead_to

if TYPE_CHECKING:
    from consentry.web.visit import Visit

Due = Callable[[HttpRequest, "Visit"], HttpResponse | None]


def terms_due(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """The terms and conditions that the person has not accepted at this site."""
    if terms_to_accept(visit.account) is None:
        return None
    slug = visit.site.slug
    return lead_to(reverse("terms", args=[slug]), request, slug)


DUE: tuple[Due, ...] = (terms_due,)
"""In this order: the terms first, as nobody has to prove more than who they are before they have read those."""


def first_due(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """The way to the first that is due, or None where nothing is."""
    return next((answer for each in DUE if (answer := each(request, visit)) is not None), None)
