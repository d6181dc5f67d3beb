"""What an app's sync needs and how a site stands with it, as partner_apps/readiness.html and failing.html show it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from consentry.connections.queries.connection_at import AboutApp
from consentry.records.queries.readiness.counts import Counted
from consentry.records.queries.readiness.failing import A_PAGE, Failing, FailingPage, Wanted
from consentry.rules.pages import Page
from consentry.rules.readiness import Check, Need
from consentry.web import addresses
from consentry.web.downloads.table import Cell
from consentry.web.forms.readiness import USUAL, sort_of
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.sentences import counted
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.mending import Mending, mending_of, words_of
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

Counts = Mapping[Check, Counted]


def shown_needs(needs: Sequence[Need]) -> dict[str, Any]:
    """What an app's sync needs, without how any school stands with it; empty for nothing."""
    if not needs:
        return {}
    rows = [{"label": need.check.label, "reason": need.reason, "standing": None} for need in needs]
    return {"heading": "What its sync needs", "sentence": "", "note": "", "rows": rows}


def shown_at_sandbox(needs: Sequence[Need], counts: Counts | None) -> dict[str, Any]:
    """The same for the app's company: how its sandbox stands, None while there is none."""
    rows = [
        {
            "label": need.check.label,
            "reason": need.reason,
            "standing": standing_of(need.check, counts[need.check]) if counts else None,
            "url": "",
        }
        for need in needs
    ]
    return (
        {"heading": "At your sandbox" if counts else "Declared", "sentence": "", "note": "", "rows": rows}
        if needs
        else {}
    )


def shown_readiness(visit: Visit, connection: int, needs: Sequence[Need], counts: Counts) -> dict[str, Any]:
    """The same with how this site stands, and the way to the records that fail for who may see them."""
    if not needs:
        return {}
    may = visit.may(Page.PARTNER_APPS)
    fails = [need for need in needs if counts[need.check].failing]
    rows = [
        {
            "label": need.check.label,
            "reason": need.reason,
            "standing": standing_of(need.check, counts[need.check]),
            "url": _address(visit, connection, need.check) if may and need in fails else "",
        }
        for need in needs
    ]
    lacks = "" if may or not fails else visit.missing(Page.PARTNER_APPS).value
    note = f"Which records these are, only someone with the permission “{lacks}” can see." if lacks else ""
    return {"heading": "Ready to sync", "sentence": _sentence(len(needs), len(fails)), "note": note, "rows": rows}


def _sentence(needs: int, fails: int) -> str:
    if fails:
        return f"{needs - fails:,} of {counted(needs, 'need')} met"
    return "Your records have what its sync needs." if needs > 1 else "Your records have the one thing its sync needs."


def standing_of(check: Check, found: Counted) -> dict[str, str]:
    """How a school stands with one check: a tone, the icon of it, and words."""
    words = words_of(check)
    all_of_them = counted(found.looked_at, words.one, words.many)
    if not found.looked_at:
        return {"tone": "none", "icon": "info", "text": f"No {words.many} to look at"}
    if not found.failing:
        return {"tone": "good", "icon": "circle-check", "text": f"Ready: {all_of_them}"}
    return {"tone": "bad", "icon": "triangle-alert", "text": f"Not yet: {found.failing:,} of {all_of_them}"}


def _address(visit: Visit, connection: int, check: Check) -> str:
    return reverse("partner-app-readiness", args=[visit.site.slug, connection, check.value])


def _link(visit: Visit, mending: Mending) -> dict[str, str] | None:
    if not mending.route:
        return None
    address = reverse(mending.route, args=[visit.site.slug])
    return {"label": mending.label, "url": with_query(address, {"show": mending.show})}


def shown_failing(
    visit: Visit, about: tuple[int, AboutApp], need: Need, wanted: Wanted, page: FailingPage
) -> dict[str, Any]:
    """The context of partner_apps/failing.html besides the shell's; `about` is the connection's id, and its app."""
    connection, app = about
    address, sort = _address(visit, connection, need.check), sort_of(wanted)
    words, mending = words_of(need.check), mending_of(need.check)
    said = {"q": wanted.q, "sort": "" if sort == USUAL else str(sort)}

    def sorted_address(by: str) -> str:
        return with_query(address, {"q": wanted.q, "sort": "" if by == str(USUAL) else by})

    files = [
        with_query(
            reverse("partner-app-readiness-file", args=[visit.site.slug, connection, need.check.value, kind]), said
        )
        for kind in ("csv", "xlsx")
    ]
    return {
        "app": {"name": app.name, "company": app.company, "url": addresses.app(visit.site.slug, connection)},
        "need": {"label": need.check.label, "reason": need.reason},
        "mending": {"text": mending.text, "link": _link(visit, mending)},
        "listing": {
            "search": {
                "action": address,
                "q": wanted.q,
                "hidden": [{"name": "sort", "value": said["sort"]}] if said["sort"] else [],
                "filters": [],
                "active": bool(wanted.q),
                "clear_url": with_query(address, {"sort": said["sort"]}),
            },
            "columns": [
                sorting_column(words.name, "name", sort, sorted_address),
                sorting_column(words.detail, "detail", sort, sorted_address),
                {"label": "Record id", "kind": "number", "url": "", "sorted": ""},
            ],
            "rows": [{"id": row.id, "name": row.name or "No name", "detail": row.detail} for row in page.rows],
            "detail_label": words.detail,
            "many": words.many,
            "pagination": paging(
                page.number,
                page.total,
                A_PAGE,
                words.one,
                lambda number: with_query(address, said | {"page": str(number) if number > 1 else ""}),
                many=words.many,
            ),
            "downloads": downloads("What is shown" if wanted.q else "All of these", *files),
        },
    }


def failing_table(need: Need, rows: Iterable[Failing]) -> Iterator[tuple[Cell, ...]]:
    """The list as a file."""
    words = words_of(need.check)
    yield words.name, words.detail, "Record id", "Does not hold"
    for row in rows:
        yield row.name, row.detail, row.id, need.check.label
