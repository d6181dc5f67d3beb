"""What a site says of itself, as school_details/page.html shows it."""

from typing import Any

from django.urls import reverse

from consentry.rules.pages import Page
from consentry.rules.permissions import Level
from consentry.schools.actions.change_details import Details
from consentry.schools.models import Site
from consentry.web.sentences import joined
from consentry.web.visit import Visit

_WORDS = {
    "name": "name", "urn": "URN", "laestab": "LAESTAB", "street": "street", "locality": "locality", "town": "town",
    "county": "county", "postcode": "postcode",
}  # fmt: skip
_KINDS = {
    True: "Dummy site: its records will be replaced before it goes live",
    False: "Live site",
}
_LAW = "Whose bank holidays and attendance codes hold. Where it is wrong, ask the operator of this service."


def title(site: Site) -> str:
    """What the page is called at this site."""
    return "Trust Details" if site.level is Level.TRUST else "School Details"


def shown_details(visit: Visit, details: Details) -> dict[str, Any]:
    """The context that the template names `details`."""
    may_edit = visit.may(Page.SCHOOL_DETAILS)
    return {
        "title": title(visit.site),
        "rows": _rows(visit.site, details),
        "edit_url": reverse("school-details-edit", args=[visit.site.slug]) if may_edit else "",
        "lacks": "" if may_edit else visit.lacks(Page.SCHOOL_DETAILS),
    }


def _rows(site: Site, details: Details) -> list[dict[str, str]]:
    is_school = site.level is Level.SCHOOL
    address = [details.street, details.locality, details.town, details.county, details.postcode]
    trust = site.trust.name if site.trust else "None"
    rows = [
        {"label": "Name", "text": details.name},
        *([{"label": "URN", "text": details.urn, "detail": "Your school number"}] if is_school else []),
        *([{"label": "LAESTAB", "text": f"{details.laestab[:3]}/{details.laestab[3:]}"}] if is_school else []),
        {"label": "Address", "text": ", ".join(filter(None, address)) or "Not entered yet"},
        *([{"label": "Part of the kingdom", "text": site.law.label, "detail": _LAW}] if is_school else []),
        *([{"label": "Trust", "text": trust}] if is_school else []),
        *([{"label": "Site kind", "text": _KINDS[site.is_dummy]}] if is_school else []),
        {"label": "Address of this site", "text": f"/{site.slug}/", "detail": "It never changes: apps use it."},
    ]
    return [{"url": "", "detail": ""} | row for row in rows]


def said_changed(site: Site, changed: tuple[str, ...]) -> str:
    """What a person is told after saving."""
    if not changed:
        return "Nothing was changed: all of it was so already."
    words = joined([_WORDS[each] for each in changed])
    return f"{title(site)} saved. Changed: {words}."
