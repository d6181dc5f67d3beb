"""What was not found again after a wipe, each with what it was known by in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from consentry.records.models import FormerRecord, Match, Wipe
from consentry.records.queries.words_of_keys import words_of_keys
from consentry.rules.identity import SchoolId

A_PAGE = 50
MOST_IN_FILE = 100_000
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Unmatched:
    """A record of before that stands for nothing now, and why."""

    data_type: str
    former_id: int
    key: str
    why: Match


@dataclass(frozen=True)
class UnmatchedPage:
    """One page of them, how many there are, and which page it is."""

    rows: tuple[Unmatched, ...]
    total: int
    number: int


def unmatched_page(wipe: Wipe, data_type: str, number: int) -> UnmatchedPage:
    """The page of this number, or the last; of one data type or of all ("")."""
    found = _rows(wipe, data_type)
    total = found.count()
    number = min(number, max(1, -(-total // A_PAGE)))
    start = (number - 1) * A_PAGE
    return UnmatchedPage(tuple(_told(wipe, list(found[start : start + A_PAGE]))), total, number)


def all_unmatched(wipe: Wipe, data_type: str) -> Iterator[Unmatched]:
    """All of them, up to as many as a file may hold."""
    found = _rows(wipe, data_type)[:MOST_IN_FILE].iterator(chunk_size=_AT_ONCE)
    while some := list(islice(found, _AT_ONCE)):
        yield from _told(wipe, some)


def _rows(wipe: Wipe, data_type: str) -> QuerySet[FormerRecord]:
    rows = FormerRecord.objects.filter(school_id=wipe.school_id, wipe=wipe.number).exclude(match=Match.MATCHED)
    return (rows.filter(entity_type=data_type) if data_type else rows).order_by("entity_type", "former_id")


def _told(wipe: Wipe, rows: list[FormerRecord]) -> Iterator[Unmatched]:
    for row, key in zip(rows, words_of_keys(SchoolId(wipe.school_id), rows), strict=True):
        yield Unmatched(row.entity_type, row.former_id, key, Match(row.match))
