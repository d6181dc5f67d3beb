"""Problems that schools reported with a company's apps, as partners/troubles.html shows them."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from consentry.partners.models import App
from consentry.partners.queries.listing import Page, Wanted
from consentry.partners.queries.troubles import ListedTrouble, unsettled_troubles
from consentry.web.company_visit import CompanyVisit
from consentry.web.forms.troubles_query import TROUBLES
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.trouble_report import shown_listed


def shown_company_troubles(visit: CompanyVisit, wanted: Wanted, page: Page[ListedTrouble]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    number = visit.company.id
    files = (
        reverse("company-troubles-file", args=[number, "csv"]),
        reverse("company-troubles-file", args=[number, "xlsx"]),
    )
    columns = (
        Column("School", "school"),
        Column("App", "app"),
        Column("State"),
        Column("Reported", "reported", "time"),
    )
    address = reverse("company-troubles", args=[number])
    listing = Listing(address, files, ("report", "reports"), columns, TROUBLES, {"state": "State"})
    rows = [shown_listed(each, reverse("company-trouble", args=[number, each.id]), visit.at) for each in page.rows]
    return shown_listing(listing, wanted, page) | {"rows": rows}


def unsettled_of(app: App, now: datetime) -> list[dict[str, Any]]:
    """Which schools report that this app does not work, for its company: the last ones that are not settled."""
    return [
        shown_listed(each, reverse("company-trouble", args=[app.company_id, each.id]), now)
        for each in unsettled_troubles(app.id)
    ]
