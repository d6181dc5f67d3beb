"""What surrounds a company's pages: its menu."""

from enum import Enum
from typing import Any

from django.urls import reverse

from consentry.rules.company_life import CompanyState
from consentry.web.beyond_sites import Around, frame
from consentry.web.company_visit import CompanyVisit


class Place(Enum):
    """The page of a company's menu that is open."""

    OVERVIEW = "Overview"
    APPS = "Apps"
    SANDBOX = "Sandbox"
    TROUBLES = "Reported problems"
    DETAILS = "Company details"
    MEMBERS = "Members"
    HISTORY = "History"
    NOWHERE = ""


_MENU = (
    (
        "Company",
        (
            (Place.OVERVIEW, "company"),
            (Place.APPS, "company-apps"),
            (Place.SANDBOX, "company-sandbox"),
            (Place.TROUBLES, "company-troubles"),
        ),
    ),
    (
        "Settings",
        ((Place.DETAILS, "company-details"), (Place.MEMBERS, "company-members"), (Place.HISTORY, "company-history")),
    ),
)


def company_shell(visit: CompanyVisit, place: Place) -> dict[str, Any]:
    """The context that base.html names `shell`."""
    number = visit.company.id
    around = Around(
        heading=visit.company.name,
        kind="Company" if visit.company.state == CompanyState.ACCEPTED else "Company, not accepted yet",
        home_url=reverse("company", args=[number]),
        menu=tuple(
            (section, tuple((each.value, reverse(route, args=[number])) for each, route in rows))
            for section, rows in _MENU
        ),
    )
    return frame(around, visit.user, place.value)
