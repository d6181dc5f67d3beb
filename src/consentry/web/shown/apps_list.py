"""The lists of Partner Apps, as partner_apps/list.html shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consentry.connections.queries.list_connections import A_PAGE, Listed, ListedPage, SortedBy, Wanted
from consentry.connections.queries.what_is_asked import Extent
from consentry.rules.connection_life import State
from consentry.rules.pages import Page
from consentry.web import addresses
from consentry.web.forms.list_query import sort_of
from consentry.web.sentences import TABS, counted, moment, moment_or_none
from consentry.web.shown.paging import paging
from consentry.web.visit import Visit

_WHEN = {State.PENDING: "Asked", State.APPROVED: "Approved", State.REJECTED: "Rejected"}


@dataclass(frozen=True)
class Reviews:
    """How many reviews wait at the site, and how many fields more the apps of the page want, by the connection."""

    count: int
    wanted: Mapping[int, int]


def shown_list(
    visit: Visit, wanted: Wanted, page: ListedPage, counts: dict[State, int], reviews: Reviews
) -> dict[str, Any]:
    """The context that the template names `listing`."""
    slug, sort = visit.site.slug, sort_of(wanted)
    return {
        "state": wanted.state.value,
        "tabs": [
            {
                "label": label,
                "count": counts[state],
                "note": counted(reviews.count, "review") if state is State.APPROVED and reviews.count else "",
                "url": addresses.listed(slug, state),
                "current": state is wanted.state,
            }
            for state, label in TABS.items()
        ],
        "search": {
            "action": addresses.listed(slug, wanted.state),
            "q": wanted.q,
            "hidden": [{"name": "sort", "value": sort}] if sort else [],
            "filters": [],
            "active": bool(wanted.q),
            "clear_url": addresses.listed(slug, wanted.state, sort=sort),
        },
        "columns": _columns(slug, wanted),
        "apps": [_row(visit, row, reviews.wanted.get(row.id)) for row in page.rows],
        "pagination": paging(
            page.number,
            page.total,
            A_PAGE,
            "app",
            lambda number: addresses.listed(slug, wanted.state, q=wanted.q, sort=sort, page=str(number)),
        ),
        "may_decide": visit.may(Page.PARTNER_APPS),
        "directory_url": reverse("directory", args=[slug]),
        "downloads": _downloads(slug, wanted),
    }


def _downloads(slug: str, wanted: Wanted) -> list[dict[str, str]]:
    """The files of what is shown, and below them those of all apps."""
    shown = {"state": wanted.state.value, "q": wanted.q}
    what = TABS[wanted.state] + (f" with “{wanted.q}”" if wanted.q else "")
    return [
        *downloads(what, addresses.download(slug, "csv", **shown), addresses.download(slug, "xlsx", **shown)),
        *downloads("All apps", addresses.download(slug, "csv"), addresses.download(slug, "xlsx")),
    ]


def downloads(what: str, csv_url: str, xlsx_url: str) -> list[dict[str, str]]:
    """The two files of a list of `what` ("All apps", an app's name), as components/download_menu.html shows them."""
    return [
        {"label": f"{what}: CSV", "url": csv_url, "detail": "plain text, for any program"},
        {"label": f"{what}: XLSX", "url": xlsx_url, "detail": "for a spreadsheet"},
    ]


def summary(extent: Extent) -> str:
    """How much is asked for: "9 data types, 41 fields"."""
    return f"{counted(extent.data_types, 'data type')}, {counted(extent.fields, 'field')}"


def initials(name: str) -> str:
    """One or two letters that stand for an app's logo."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def _columns(slug: str, wanted: Wanted) -> list[dict[str, str]]:
    uses = "Uses" if wanted.state is State.APPROVED else "Asks for"
    called = (
        [_column(slug, wanted, "Last answered call", SortedBy.LAST_CALL, "time")]
        if wanted.state is State.APPROVED
        else []
    )
    return [
        _column(slug, wanted, "App", SortedBy.APP),
        _column(slug, wanted, "Company", SortedBy.COMPANY),
        {"label": uses, "kind": "", "url": "", "sorted": ""},
        *called,
        _column(slug, wanted, _WHEN[wanted.state], SortedBy.WHEN, "time"),
    ]


def _column(slug: str, wanted: Wanted, label: str, by: SortedBy, kind: str = "") -> dict[str, str]:
    is_sorted = wanted.sorted_by is by
    turned = not wanted.descending if is_sorted else kind == "time"
    order = "descending" if wanted.descending else "ascending"
    url = addresses.listed(slug, wanted.state, q=wanted.q, sort=f"{'-' if turned else ''}{by.value}")
    return {"label": label, "kind": kind, "url": url, "sorted": order if is_sorted else ""}


def _review(visit: Visit, row: Listed, more: int | None) -> dict[str, str] | None:
    if more is None:
        return None
    label = f"wants {counted(more, 'more field')}" if more else "wants to do more"
    return {"label": label, "url": addresses.review(visit.site.slug, row.id)}


def _row(visit: Visit, row: Listed, more: int | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.app,
        "initials": initials(row.app),
        "logo_url": addresses.logo(row.app_id, row.logo),
        "url": addresses.app(visit.site.slug, row.id),
        "company": row.company,
        "summary": summary(row.extent),
        "special": row.extent.special,
        "tag": _tag(row),
        "review": _review(visit, row, more),
        "when": moment(row.at, visit.at),
        "by": row.by,
        "last_call": moment_or_none(row.last_call, visit.at),
    }


def _tag(row: Listed) -> dict[str, str] | None:
    if row.is_suspended:
        return {"label": "Suspended", "tone": "bad"}
    if not row.is_live:
        return {"label": "Not live", "tone": "warning"}
    return {"label": "Data provider", "tone": "neutral"} if row.is_provider else None
