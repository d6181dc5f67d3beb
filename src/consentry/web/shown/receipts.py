"""Receipts, as receipts/list.html and receipts/receipt.html show them, and the list as a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.connections.queries.receipts_list import A_PAGE, MOST_IN_A_FILE, ListedReceipt, ReceiptsPage, Wanted
from consentry.rules.receipts import Decision, ReceiptContent, ReceiptRow
from consentry.web import addresses
from consentry.web.downloads.table import Cell
from consentry.web.forms.receipts_query import decisions, query_of, said_decision, sort_of
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.sentences import Moment, moment
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import search_filter
from consentry.web.visit import Visit

TONES = {
    Decision.APPROVED: "good",
    Decision.REJECTED: "bad",
    Decision.REVIEW_ACCEPTED: "good",
    Decision.REVIEW_DECLINED: "neutral",
    Decision.NARROWED: "notice",
    Decision.REWORDED: "notice",
}
_COLUMNS = (("When", "when", "time"), ("App", "app", ""), ("Decision", "decision", ""), ("Decided by", "by", ""))
_FILE_COLUMNS = ("Receipt", "When", "Decision", "App", "Company", "Decided by", "Version", "Version before")


def shown_receipts(visit: Visit, wanted: Wanted, page: ReceiptsPage) -> dict[str, Any]:
    """The context that the template names `listing`."""
    address = reverse("receipts", args=[visit.site.slug])
    files = [reverse("receipts-file", args=[visit.site.slug, kind]) + query_of(wanted) for kind in ("csv", "xlsx")]
    return {
        "search": _search(wanted, address),
        "columns": [
            sorting_column(label, by, sort_of(wanted), lambda sort: address + query_of(wanted, sort=sort), kind=kind)
            for label, by, kind in _COLUMNS
        ]
        + [{"label": "Version", "kind": "number", "url": "", "sorted": ""}],
        "rows": [_listed(visit, each) for each in page.rows],
        "pagination": paging(
            page.number, page.total, A_PAGE, "receipt", lambda number: address + query_of(wanted, page=str(number))
        ),
        "downloads": downloads("What is shown" if wanted.q or wanted.decision else "All receipts", *files),
    }


def _search(wanted: Wanted, address: str) -> dict[str, Any]:
    sort = query_of(Wanted(sorted_by=wanted.sorted_by, descending=wanted.descending))
    return {
        "action": address,
        "q": wanted.q,
        "hidden": [{"name": "sort", "value": str(sort_of(wanted))}] if sort else [],
        "filters": [search_filter("decision", "Decision", decisions(), said_decision(wanted))],
        "active": bool(wanted.q or wanted.decision),
        "clear_url": address + sort,
    }


def _listed(visit: Visit, each: ListedReceipt) -> dict[str, Any]:
    return {
        "url": addresses.receipt(visit.site.slug, each.id),
        "when": moment(each.at, visit.at),
        "app": each.app,
        "company": each.company,
        "tag": {"label": each.decision.label, "tone": TONES[each.decision]},
        "by": each.by,
        "version": f"{each.version}",
    }


def receipts_table(receipts: Sequence[ListedReceipt]) -> Iterator[tuple[Cell, ...]]:
    """The list as a file; times are in the site's time, as 2026-11-03 14:05:09."""
    yield _FILE_COLUMNS
    for each in receipts:
        when = f"{timezone.localtime(each.at):%Y-%m-%d %H:%M:%S}"
        yield (
            each.id, when, each.decision.label, each.app, each.company, each.by, each.version,
            each.version_before or "",
        )  # fmt: skip
    if len(receipts) == MOST_IN_A_FILE:
        rest = f"No more than {MOST_IN_A_FILE:,} fit into this file. Filter the list to get the others."
        yield (rest, *[""] * (len(_FILE_COLUMNS) - 1))


def shown_receipt(visit: Visit, listed: ListedReceipt, content: ReceiptContent, connection_id: int) -> dict[str, Any]:
    """The context that the template names `receipt`, in the words of the day on which it was given."""
    when = moment(listed.at, visit.at)
    return {
        "number": listed.id,
        "title": f"{listed.decision.label}: {content['app']}",
        "tag": {"label": listed.decision.label, "tone": TONES[listed.decision]},
        "facts": list(_facts(listed, content, when)),
        "privacy_notice": addresses.safe_link(content["privacy_notice"]),
        "rows": [_row(each) for each in content["rows"]],
        "app_url": addresses.app(visit.site.slug, connection_id),
        "text_url": reverse("receipt-text", args=[visit.site.slug, listed.id]),
        "list_url": reverse("receipts", args=[visit.site.slug]),
    }


def _facts(listed: ListedReceipt, content: ReceiptContent, when: Moment) -> Iterator[dict[str, Any]]:
    before = content["version_before"]
    yield _fact("Site", content["site"])
    yield _fact("App", f"{content['app']} by {content['company']}")
    yield _fact("Decision", listed.decision.label)
    yield _fact("Decided by", content["decided_by"])
    yield _fact("On", when.full)
    yield _fact("Version of the permission set", f"{content['version']}" + (f", before: {before}" if before else ""))


def _fact(label: str, text: str) -> dict[str, Any]:
    return {"label": label, "text": text, "url": "", "when": None, "detail": ""}


def _row(row: ReceiptRow) -> dict[str, Any]:
    return {
        "data_type": row["data_type"],
        "fields": ", ".join(row["fields"]) or "Identity only: id and display name",
        "special": ", ".join(row["special"]),
        "read": "read" in row["actions"],
        "write": "write" in row["actions"],
        "update": "update" in row["actions"],
        "delete": "delete" in row["actions"],
        "reason": row["reason"],
        "required": row["required"],
    }
