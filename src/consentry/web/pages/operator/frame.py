"""What surrounds the pages of the operator's desk: its menu."""

from enum import Enum
from typing import Any

from django.urls import reverse

from consentry.web.beyond_sites import Around, frame
from consentry.web.desk_visit import DeskVisit


class Place(Enum):
    """The page of the desk's menu that is open."""

    DESK = "Desk"
    COMPANIES = "Companies"
    APPS = "Apps"
    WISHES = "Wishes of schools"
    TROUBLES = "Reported problems"
    COLLECTORS = "Collectors"


_ROUTES = {
    Place.DESK: "desk",
    Place.COMPANIES: "desk-companies",
    Place.APPS: "desk-apps",
    Place.WISHES: "desk-wishes",
    Place.TROUBLES: "desk-troubles",
}
_ATTENDANCE = {Place.COLLECTORS: "desk-collectors"}


def desk_shell(visit: DeskVisit, place: Place) -> dict[str, Any]:
    """The context that base.html names `shell`."""
    menu = (("Partners", _links(_ROUTES)), ("Attendance", _links(_ATTENDANCE)))
    around = Around("Consentry", "Operator’s desk", reverse("desk"), menu)
    return frame(around, visit.user, place.value)


def _links(routes: dict[Place, str]) -> tuple[tuple[str, str], ...]:
    return tuple((each.value, reverse(route)) for each, route in routes.items())
