"""The forms in which a return is told: as JSON in two granularities, or as CSV; small numbers hidden where asked."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from consentry.rules.attendance_payload import DayCounts, MarkCount, Payload, SessionCounts, by_code, by_year_group


class Granularity(StrEnum):
    """How finely marks are counted: each code in each year group, or the totals of codes and those of year groups."""

    CROSSTAB = "crosstab"
    MARGINALS = "marginals"

    @property
    def label(self) -> str:
        """As pages say it."""
        return {
            Granularity.CROSSTAB: "Each attendance code within each year group",
            Granularity.MARGINALS: "Totals of each attendance code, and of each year group",
        }[self]


class Format(StrEnum):
    """The format of the document."""

    JSON = "json"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """What the document says it is (RFC 8259, RFC 4180)."""
        return {Format.JSON: "application/json", Format.CSV: "text/csv; charset=utf-8"}[self]


@dataclass(frozen=True, slots=True)
class Form:
    """How a collector wants it: numbers from 1 to below `suppress_below` are hidden (0: none are)."""

    granularity: Granularity = Granularity.CROSSTAB
    format: Format = Format.JSON
    suppress_below: int = 0


CSV_HEADER: Final = ("urn", "date", "session", "year_group", "code", "count")
NOT_TAKEN: Final = "not taken"
SUPPRESSED: Final = "suppressed"

Counts = Mapping[str, int | None]


def as_bytes(payload: Payload, form: Form) -> bytes:
    """The document as it is sent, byte for byte the same each time."""
    if form.format is Format.JSON:
        return json.dumps(as_document(payload, form), separators=(",", ":")).encode()
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(as_rows(payload, form))
    return text.getvalue().encode()


def as_document(payload: Payload, form: Form) -> dict[str, Any]:
    """The return as a document of JSON."""
    return {
        "urn": payload.urn,
        "year_groups": list(payload.year_groups),
        "days": [_day(each, form) for each in payload.days],
    }


def _day(day: DayCounts, form: Form) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "roll": {"total": _total(day, form), "by_year_group": _roll(day, form)},
        "sessions": [
            {"session": each.session.value, "taken": each.taken} | _COUNTED[form.granularity](each, form)
            for each in day.sessions
        ],
    }


def _roll(day: DayCounts, form: Form) -> Counts:
    return hidden({each.year_group: each.count for each in day.roll}, form.suppress_below)


def _total(day: DayCounts, form: Form) -> int | None:
    """The pupils on roll; not where that tells the year groups, all of which are too small."""
    counts = [each.count for each in day.roll if each.count]
    is_small = all(count < form.suppress_below for count in counts)
    return None if is_small and _are_told_by_their_sum(counts, form.suppress_below) else day.on_roll


def _crosstab(session: SessionCounts, form: Form) -> dict[str, Any]:
    return {
        "marks": [
            {"year_group": mark.year_group, "code": mark.code, "count": count}
            for mark, count in _cells(session, form.suppress_below)
        ]
    }


def _marginals(session: SessionCounts, form: Form) -> dict[str, Any]:
    codes, groups = (hidden(sums(session), form.suppress_below) for sums in (by_code, by_year_group))
    return {
        "by_code": [{"code": code, "count": count} for code, count in codes.items()],
        "by_year_group": [{"year_group": name, "count": count} for name, count in groups.items()],
    }


_COUNTED: Final[Mapping[Granularity, Callable[[SessionCounts, Form], dict[str, Any]]]] = {
    Granularity.CROSSTAB: _crosstab,
    Granularity.MARGINALS: _marginals,
}


def _cells(session: SessionCounts, below: int) -> Iterator[tuple[MarkCount, int | None]]:
    """Each count; in each year group by itself what is too small is hidden, as its roll may be known."""
    for _, group in groupby(session.marks, key=lambda mark: mark.year_group):
        marks = {each.code: each for each in group}
        counts = hidden({code: each.count for code, each in marks.items()}, below)
        yield from ((marks[code], count) for code, count in counts.items())


def hidden(counts: Mapping[str, int], below: int) -> Counts:
    """The counts without those that are too small; where their sum would tell them, the next smallest goes with them.

    Who knows the total knows that sum. Nought is told: it is nobody's.
    """
    small = [name for name, count in counts.items() if 0 < count < below]
    if _are_told_by_their_sum([counts[name] for name in small], below):
        others = [name for name in counts if name not in small and counts[name]]
        small += sorted(others, key=counts.__getitem__)[:1]
    return {name: None if name in small else count for name, count in counts.items()}


def _are_told_by_their_sum(small: Sequence[int], below: int) -> bool:
    """Of one alone, and of several that are all as small or as large as what is hidden can be."""
    return bool(small) and (len(small) == 1 or sum(small) in {len(small), len(small) * (below - 1)})


def as_rows(payload: Payload, form: Form) -> Iterator[Sequence[str]]:
    """The return as lines of a CSV, the header first: the roll of each day, then each count of each session.

    A total of codes has no year group, and one of year groups no code.
    """
    yield CSV_HEADER
    for day in payload.days:
        on = (payload.urn, day.day.isoformat())
        for name, count in _roll(day, form).items():
            yield (*on, "ROLL", name, "", _told(count))
        for session in day.sessions:
            for cells in _session_rows(session, form):
                yield (*on, session.session.value, *cells)


def _session_rows(session: SessionCounts, form: Form) -> Iterator[tuple[str, str, str]]:
    if not session.taken:
        yield ("", "", NOT_TAKEN)
    elif form.granularity is Granularity.CROSSTAB:
        for mark, count in _cells(session, form.suppress_below):
            yield (mark.year_group, mark.code, _told(count))
    else:
        for code, count in hidden(by_code(session), form.suppress_below).items():
            yield ("", code, _told(count))
        for name, count in hidden(by_year_group(session), form.suppress_below).items():
            yield (name, "", _told(count))


def _told(count: int | None) -> str:
    return SUPPRESSED if count is None else str(count)
