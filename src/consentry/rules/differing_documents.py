"""What differs between two documents that a collector was sent one after the other, of the days that both tell of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from consentry.rules.attendance_codes import Session
from consentry.rules.attendance_payload import CODE_ORDER, YEAR_GROUP_ORDER
from consentry.rules.sent_documents import Cell, Count, SentDay, SentSession


@dataclass(frozen=True, slots=True)
class Difference:
    """One count that is told otherwise: of the roll where `session` is None, else of marks.

    `year_group` is "" in a total of a code and of the roll, `code` in a total of a year group and of the roll. A count
    is None where it was too small to be told.
    """

    day: date
    session: Session | None
    year_group: str
    code: str
    before: Count
    after: Count


@dataclass(frozen=True, slots=True)
class Taken:
    """A session whose register was taken since (`now`), or does not count as taken any more."""

    day: date
    session: Session
    now: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs: registers taken since, single counts; the days that only the second or the first tells of."""

    taken: tuple[Taken, ...]
    counts: tuple[Difference, ...]
    new_days: tuple[date, ...]
    past_days: tuple[date, ...]


def differences(before: Sequence[SentDay], after: Sequence[SentDay]) -> Differences:
    """What the second document says otherwise than the first, by day, session, year group and code."""
    old, new = ({each.day: each for each in days} for days in (before, after))
    both = [(old[day], new[day]) for day in sorted(old.keys() & new.keys())]
    return Differences(
        tuple(found for pair in both for found in _taken(*pair)),
        tuple(found for pair in both for found in _counts(*pair)),
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
    )


def _by_session(day: SentDay) -> dict[Session, SentSession]:
    return {each.session: each for each in day.sessions if each.taken}


def _taken(before: SentDay, after: SentDay) -> Iterator[Taken]:
    was, now = _by_session(before), _by_session(after)
    for session in Session:
        if (session in was) != (session in now):
            yield Taken(after.day, session, session in now)


def _counts(before: SentDay, after: SentDay) -> Iterator[Difference]:
    for group in _in_order(before.roll.keys() | after.roll.keys()):
        was, now = before.roll.get(group, 0), after.roll.get(group, 0)
        if was != now:
            yield Difference(after.day, None, group, "", was, now)
    sessions = _by_session(before), _by_session(after)
    for session in Session:
        if session in sessions[0] and session in sessions[1]:
            yield from _cells(after.day, sessions[0][session], sessions[1][session])


def _cells(day: date, before: SentSession, after: SentSession) -> Iterator[Difference]:
    for cell in sorted(before.counts.keys() | after.counts.keys(), key=_place):
        was, now = before.counts.get(cell, 0), after.counts.get(cell, 0)
        if was != now:
            yield Difference(day, after.session, *cell, was, now)


def _in_order(groups: Iterable[str]) -> list[str]:
    return sorted(groups, key=lambda group: YEAR_GROUP_ORDER.get(group, -1))


def _place(cell: Cell) -> tuple[int, int]:
    return YEAR_GROUP_ORDER.get(cell[0], -1), CODE_ORDER.get(cell[1], -1)
