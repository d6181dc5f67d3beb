"""Problems that schools reported, as operator/troubles.html shows them."""

from typing import Any

from django.urls import reverse

from consentry.partners.queries.listing import Page, Wanted
from consentry.partners.queries.troubles import ListedTrouble
from consentry.web.desk_visit import DeskVisit
from consentry.web.forms.troubles_query import TROUBLES
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.trouble_report import shown_listed


def shown_desk_troubles(visit: DeskVisit, wanted: Wanted, page: Page[ListedTrouble]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    files = (reverse("desk-troubles-file", args=["csv"]), reverse("desk-troubles-file", args=["xlsx"]))
    columns = (
        Column("App", "app"),
        Column("School", "school"),
        Column("State"),
        Column("Reported", "reported", "time"),
    )
    address = reverse("desk-troubles")
    listing = Listing(address, files, ("report", "reports"), columns, TROUBLES, {"state": "State"})
    rows = [shown_listed(each, reverse("desk-trouble", args=[each.id]), visit.at) for each in page.rows]
    return shown_listing(listing, wanted, page) | {"rows": rows}
