"""What comes before any page of a site: each names the page to which somebody is led for whom it is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from consentry.web.visit import Visit

Due = Callable[[HttpRequest, "Visit"], HttpResponse | None]

DUE: tuple[Due, ...] = ()


def first_due(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """The way to the first that is due, or None where nothing is."""
    return next((answer for each in DUE if (answer := each(request, visit)) is not None), None)
