"""The list of a site's receipts: searched, filtered, sorted, a page at a time. What stands on them is searched."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Lower

from consentry.connections.models import Receipt
from consentry.connections.queries.receipts import receipts_of
from consentry.rules.identity import SchoolId
from consentry.rules.receipts import Decision

A_PAGE = 20
MOST_IN_A_FILE = 10_000


class SortedBy(StrEnum):
    """What the list can be sorted by."""

    WHEN = "when"
    APP = "app"
    DECISION = "decision"
    BY = "by"


@dataclass(frozen=True)
class Wanted:
    """Which part of the list: `q` is looked for in the names of apps, companies and deciders; pages count from 1."""

    q: str = ""
    decision: Decision | None = None
    sorted_by: SortedBy = SortedBy.WHEN
    descending: bool = True
    page: int = 1


@dataclass(frozen=True)
class ListedReceipt:
    """One receipt in the list, in the words that stand on it."""

    id: int
    at: datetime
    decision: Decision
    app: str
    company: str
    by: str
    version: int
    version_before: int | None


@dataclass(frozen=True)
class ReceiptsPage:
    """A page of the list: its rows, how many there are on all pages, its number (the last for one past it)."""

    rows: tuple[ListedReceipt, ...]
    total: int
    number: int


_KEYS = {
    SortedBy.APP: Lower(KT("content__app")),
    SortedBy.DECISION: Lower("decision"),
    SortedBy.BY: Lower(KT("content__decided_by")),
}


def list_receipts(school: SchoolId, wanted: Wanted) -> ReceiptsPage:
    """The wanted page. Two queries, however many there are."""
    found = _found(school, wanted)
    total = found.count()
    number = min(wanted.page, max(1, -(-total // A_PAGE)))
    start = (number - 1) * A_PAGE
    return ReceiptsPage(tuple(map(listed_receipt, found[start : start + A_PAGE])), total, number)


def all_receipts(school: SchoolId, wanted: Wanted) -> tuple[ListedReceipt, ...]:
    """All that are wanted, whatever the page, up to MOST_IN_A_FILE. One query."""
    return tuple(map(listed_receipt, _found(school, wanted)[:MOST_IN_A_FILE]))


def _found(school: SchoolId, wanted: Wanted) -> QuerySet[Receipt]:
    found = receipts_of(school)
    if wanted.decision is not None:
        found = found.filter(decision=wanted.decision.value)
    if wanted.q:
        named = [Q(**{f"content__{key}__icontains": wanted.q}) for key in ("app", "company", "decided_by")]
        found = found.filter(named[0] | named[1] | named[2])
    if wanted.sorted_by is SortedBy.WHEN:
        return found if wanted.descending else found.order_by("at", "id")
    key = _KEYS[wanted.sorted_by]
    return found.order_by(key.desc() if wanted.descending else key.asc(), "-id")


def listed_receipt(receipt: Receipt) -> ListedReceipt:
    """The receipt as a list tells of it."""
    said = receipt.content
    return ListedReceipt(
        id=receipt.id,
        at=receipt.at,
        decision=Decision(receipt.decision),
        app=said["app"],
        company=said["company"],
        by=said["decided_by"],
        version=said["version"],
        version_before=said["version_before"],
    )
