"""The schools of a trust, as trust/schools.html shows them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consentry.people.queries.from_trust import SchoolForMe
from consentry.rules.connection_life import State
from consentry.rules.reach import EntryRefusal
from consentry.web.downloads.table import Cell
from consentry.web.forms.schools_query import APPROVED, NAME, USUAL, WAITING, WantedSchools
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

A_PAGE = 20
COLUMNS = ("School", "Site", "Waiting requests", "Approved apps", "Terms and conditions", "You can sign in")

_WHY_NOT = {
    EntryRefusal.NOT_REACHED: (
        "{school} is not among the schools that you may sign in to. "
        "Somebody of the trust who may can give it to you under Group Staff."
    ),
    EntryRefusal.DISABLED_THERE: "{school} has disabled your account there. Its admin team can enable it again.",
}


@dataclass(frozen=True)
class SchoolRow:
    """One school of the trust: how it stands for the person, and how many apps wait and are approved there."""

    school: SchoolForMe
    waiting: int
    approved: int

    @property
    def refusal(self) -> EntryRefusal | None:
        """Why the person cannot sign in to it, None where they can."""
        if not self.school.is_reached:
            return EntryRefusal.NOT_REACHED
        return EntryRefusal.DISABLED_THERE if self.school.is_shut_out else None


def school_rows(schools: Iterable[SchoolForMe], counts: Counter[tuple[int, State]]) -> list[SchoolRow]:
    """Each school with its numbers."""
    return [
        SchoolRow(each, counts[each.site.id, State.PENDING], counts[each.site.id, State.APPROVED]) for each in schools
    ]


def wanted_rows(rows: Iterable[SchoolRow], wanted: WantedSchools) -> list[SchoolRow]:
    """Those with the wanted words in their name, in the wanted order; schools of a like number stay by name."""
    keys = {
        NAME: lambda row: row.school.site.name.casefold(),
        WAITING: lambda row: row.waiting,
        APPROVED: lambda row: row.approved,
    }
    found = [row for row in rows if wanted.q.casefold() in row.school.site.name.casefold()]
    return sorted(found, key=keys[wanted.sorted_by.by], reverse=wanted.sorted_by.descending)


def why_not(why: EntryRefusal, school: str) -> str:
    """Why somebody cannot sign in to a school, and who can change that."""
    return _WHY_NOT[why].format(school=school)


def shown_schools(visit: Visit, rows: list[SchoolRow], wanted: WantedSchools) -> dict[str, Any]:
    """The context that the template names `listing`."""
    last = max(1, -(-len(rows) // A_PAGE))
    number = min(wanted.page, last)
    start = (number - 1) * A_PAGE
    what = f"Schools with “{wanted.q}”" if wanted.q else "Schools"
    return {
        "search": {
            "action": reverse("schools", args=[visit.site.slug]),
            "q": wanted.q,
            "hidden": _hidden(wanted),
            "active": bool(wanted.q),
            "clear_url": _address(visit, wanted, q=""),
        },
        "columns": _columns(visit, wanted),
        "schools": [_row(visit, row) for row in rows[start : start + A_PAGE]],
        "waiting": sum(row.waiting for row in rows),
        "pagination": paging(
            number, len(rows), A_PAGE, "school", lambda page: _address(visit, wanted, page=str(page))
        ),
        "downloads": downloads(
            what, _address(visit, wanted, route="schools-file", kind="csv"),
            _address(visit, wanted, route="schools-file", kind="xlsx"),
        ),
    }  # fmt: skip


def _hidden(wanted: WantedSchools) -> list[dict[str, str]]:
    return [] if wanted.sorted_by == USUAL else [{"name": "sort", "value": str(wanted.sorted_by)}]


def _address(visit: Visit, wanted: WantedSchools, *, route: str = "schools", kind: str = "", **query: str) -> str:
    sort = "" if wanted.sorted_by == USUAL else str(wanted.sorted_by)
    said = {"q": wanted.q, "sort": sort} | query
    return with_query(reverse(route, args=[visit.site.slug, kind] if kind else [visit.site.slug]), said)


def _columns(visit: Visit, wanted: WantedSchools) -> list[dict[str, str]]:
    def sortable(label: str, by: str, kind: str = "") -> dict[str, str]:
        return sorting_column(label, by, wanted.sorted_by, lambda sort: _address(visit, wanted, sort=sort), kind=kind)

    return [
        sortable("School", NAME),
        sortable("Waiting requests", WAITING, "number"),
        sortable("Approved apps", APPROVED, "number"),
        {"label": "Terms and conditions", "kind": "", "url": "", "sorted": ""},
        {"label": "Sign in", "kind": "", "url": "", "sorted": ""},
    ]


def _row(visit: Visit, row: SchoolRow) -> dict[str, Any]:
    site = row.school.site
    return {
        "id": site.id,
        "name": site.name,
        "is_dummy": site.is_dummy,
        "waiting": row.waiting,
        "approved": row.approved,
        "terms": _terms(row),
        "terms_wait": row.school.terms_wait,
        "why_not": why_not(row.refusal, site.name) if row.refusal else "",
        "sign_in_url": reverse("school-sign-in", args=[visit.site.slug, site.slug]),
    }


def _terms(row: SchoolRow) -> str:
    return "To accept" if row.school.terms_wait else "Nothing to accept"


def school_table(rows: Iterable[SchoolRow]) -> Iterator[tuple[Cell, ...]]:
    """The list as a file."""
    yield COLUMNS
    for row in rows:
        site = row.school.site
        yield (
            site.name, site.get_life_display(), row.waiting, row.approved, _terms(row),
            why_not(row.refusal, site.name) if row.refusal else "Yes",
        )  # fmt: skip
