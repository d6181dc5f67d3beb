"""What a schema cannot say: sums that agree, days in order, codes where and when they may stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import Any, Final

from consentry.collector.flaws import MOST_TOLD, Flaw, FlawedError, Place
from consentry.collector.schema import SCHEMA

_NEW_CODES: Final = date(2024, 8, 19)
"""The day from which the School Attendance (Pupil Registration) (England) Regulations 2024 hold."""

_CODES_BEFORE: Final = frozenset(SCHEMA["$defs"]["code_until_2024-08-18"]["enum"])
_CODES_SINCE: Final = frozenset(SCHEMA["$defs"]["code_since_2024-08-19"]["enum"])
_SESSION_OF: Final = {"/": "AM", "\\": "PM"}
_COUNTS: Final = ("marks", "by_code", "by_year_group")

Part = Mapping[str, Any]


def check_counts(body: Part, *, today: date) -> None:
    """Raise FlawedError unless what the schema takes is true of a school as well."""
    if flaws := tuple(islice(_flaws(body, today), MOST_TOLD)):
        raise FlawedError(*flaws)


def _flaws(body: Part, today: date) -> Iterator[Flaw]:
    days = [date.fromisoformat(each["date"]) for each in body["days"]]
    for number, (before, day) in enumerate(pairwise(days), start=1):
        if day <= before:
            message = "Days are told once each, in their order."
            yield Flaw("duplicate" if day == before else "days_out_of_order", message, ("days", number, "date"))
    for number, (on, day) in enumerate(zip(days, body["days"], strict=True)):
        place: Place = ("days", number)
        if on > today:
            yield Flaw("in_the_future", "This day has not been yet.", (*place, "date"))
        yield from _roll_flaws(day["roll"], (*place, "roll"))
        yield from _twice(((each["session"],) for each in day["sessions"]), (*place, "sessions"))
        for at, session in enumerate(day["sessions"]):
            for check in _OF_SESSION:
                yield from check(session, day, (*place, "sessions", at))


def _roll_flaws(roll: Part, place: Place) -> Iterator[Flaw]:
    least, is_exact = _sum(roll["by_year_group"].values())
    total = roll["total"]
    if total is not None and (least > total or (is_exact and least != total)):
        yield Flaw("roll_differs", "The total is not the sum of the year groups.", (*place, "total"))


def _taken(session: Part, _day: Part, place: Place) -> Iterator[Flaw]:
    """A register that was taken has marks; one that was not has none."""
    kinds = [kind for kind in _COUNTS if session.get(kind)]
    if session["taken"] and not kinds:
        yield Flaw("no_marks", "A session with a register has marks.", place)
    if not session["taken"]:
        for kind in kinds:
            yield Flaw("marks_without_register", "A session without a register has no marks.", (*place, kind))


def _doubles(session: Part, _day: Part, place: Place) -> Iterator[Flaw]:
    for kind in _COUNTS:
        counted = ((each.get("year_group"), each.get("code")) for each in session.get(kind, ()))
        yield from _twice(counted, (*place, kind))


def _twice(names: Iterable[tuple[Any, ...]], place: Place) -> Iterator[Flaw]:
    met: set[tuple[Any, ...]] = set()
    for number, name in enumerate(names):
        if name in met:
            yield Flaw("duplicate", "This was told before.", (*place, number))
        met.add(name)


def _places(session: Part, day: Part, place: Place) -> Iterator[Flaw]:
    """Year groups have pupils on roll; codes are in force that day and stand in their half of it."""
    on_roll = day["roll"]["by_year_group"]
    codes = _CODES_SINCE if date.fromisoformat(day["date"]) >= _NEW_CODES else _CODES_BEFORE
    for kind in _COUNTS:
        for number, each in enumerate(session.get(kind, ())):
            at = (*place, kind, number)
            if "year_group" in each and each["year_group"] not in on_roll:
                yield Flaw("not_on_roll", "The roll of this day has no such year group.", (*at, "year_group"))
            if "code" not in each:
                continue
            if each["code"] not in codes:
                yield Flaw("code_not_in_force", "This code is not in force on this day.", (*at, "code"))
            if _SESSION_OF.get(each["code"], session["session"]) != session["session"]:
                yield Flaw("wrong_session", "This code stands in the other session alone.", (*at, "code"))


def _sums(session: Part, day: Part, place: Place) -> Iterator[Flaw]:
    """Totals of codes and of year groups agree, and there are no more marks than pupils."""
    sums = [_sum(each["count"] for each in session[kind]) for kind in _COUNTS if kind in session]
    if len({least for least, is_exact in sums if is_exact}) > 1:
        yield Flaw("sums_differ", "The codes have not the same sum as the year groups.", place)
    on_roll = day["roll"]["total"]
    if on_roll is not None and max(least for least, _ in sums) > on_roll:
        yield Flaw("more_than_roll", "There are more marks than pupils on roll.", place)


_OF_SESSION: Final[Sequence[Callable[[Part, Part, Place], Iterator[Flaw]]]] = (_taken, _doubles, _places, _sums)


def _sum(counts: Iterable[int | None]) -> tuple[int, bool]:
    """What the counts come to at least, each hidden one being one or more, and whether that is exact."""
    told = list(counts)
    return sum(1 if each is None else each for each in told), None not in told
