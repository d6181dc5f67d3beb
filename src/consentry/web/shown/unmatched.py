"""What was not found again after a wipe, as migration/unmatched.html and the downloaded file show it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse

from consentry.records.catalogue import catalogue
from consentry.records.models import Match
from consentry.records.queries.unmatched import A_PAGE, Unmatched, UnmatchedPage
from consentry.records.queries.wipes import Found
from consentry.web.downloads.table import Cell
from consentry.web.forms.unmatched import WantedUnmatched
from consentry.web.sentences import counted
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_WHY = {
    Match.MISSING: "No record has this key now",
    Match.AMBIGUOUS: "More than one record has this key",
    Match.NO_KEY: "There was nothing to know it by",
    Match.MATCHED: "Found again",
}
COLUMNS = ("Data type", "Old id", "Known by", "Why")


def shown_unmatched(
    visit: Visit, wanted: WantedUnmatched, page: UnmatchedPage, found: Sequence[Found]
) -> dict[str, Any]:
    """The context that the template names `listing`."""
    address = reverse("migration-unmatched", args=[visit.site.slug])
    return {
        "action": address,
        "back_url": reverse("migration", args=[visit.site.slug]),
        "types": [
            {
                "value": each.data_type,
                "label": f"{catalogue()[each.data_type].plural} ({each.unmatched:,})",
                "selected": each.data_type == wanted.data_type,
            }
            for each in found
            if each.unmatched
        ],
        "is_filtered": bool(wanted.data_type),
        "sentence": counted(page.total, "record") + " of before the wipe with no new id.",
        "columns": [{"label": label} for label in COLUMNS],
        "rows": [_row(each) for each in page.rows],
        "pagination": paging(page.number, page.total, A_PAGE, "record", lambda n: _address(address, wanted, n)),
        "downloads": [
            {
                "label": kind.upper(),
                "url": _address(reverse("migration-unmatched-file", args=[visit.site.slug, kind]), wanted, 1),
                "detail": "for a spreadsheet",
            }
            for kind in ("csv", "xlsx")
        ],
    }


def _row(each: Unmatched) -> dict[str, Any]:
    return {
        "label": catalogue()[each.data_type].label,
        "id": each.former_id,
        "key": each.key or "Nothing",
        "why": _WHY[each.why],
    }


def _address(address: str, wanted: WantedUnmatched, number: int) -> str:
    said = {"type": wanted.data_type, "page": str(number) if number > 1 else ""}
    return with_query(address, said)


def unmatched_table(rows: Iterable[Unmatched]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each."""
    yield COLUMNS
    for each in rows:
        yield each.data_type, each.former_id, each.key, _WHY[each.why]
