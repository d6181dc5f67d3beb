"""What mending many records in one go shares: who may, whose turn it is, and which records are as they were seen."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.change import Change, change
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.records.writing.turn import take_turn_soon
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id

MOST_AT_ONCE = 5_000
"""Records that are mended in one go."""

LONGEST = 255
"""Characters of a name, as importers take them too."""

_LARGEST = 2**63 - 1

Value = int | str | None


@dataclass(frozen=True)
class Planned:
    """One record: what it said when the person looked at it, and what it is to say (of a reference: the id)."""

    id: int
    seen: Value
    wanted: Value


@dataclass(frozen=True)
class Mended:
    """What became of the records: `moved` said something else by now and are left alone; `gone` are not the school's.

    `already` were so before anything was done. Without `changed` nothing was, and there is no revision.
    """

    changed: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    already: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


@contextmanager
def mending(site: Site, *, by: Account, at: datetime) -> Iterator[Change]:
    """An open change in which this person mends records of the site, and nobody else writes many of them.

    Raises NotPermittedError, and TurnTakenError where an import takes too long to wait for.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PROGRAMMES, timezone.localdate(at))
        take_turn_soon(this.school)
        yield this


def once_each(planned: Iterable[Planned]) -> tuple[Planned, ...]:
    """The plan, each record once: the first that is said of it. Raises InvalidError for more than MOST_AT_ONCE."""
    found: dict[int, Planned] = {}
    for each in planned:
        found.setdefault(each.id, each)
        if len(found) > MOST_AT_ONCE:
            raise InvalidError("records", f"choose fewer: at most {MOST_AT_ONCE:,} can be changed in one go")
    return tuple(found.values())


def in_range(numbers: Iterable[Value]) -> list[int]:
    """Those that can be ids at all."""
    return sorted({each for each in numbers if isinstance(each, int) and 0 < each <= _LARGEST})


def settle(planned: Sequence[Planned], now: Mapping[int, Value]) -> Mended:
    """Which records are to be changed, by what each says now; what `now` does not hold is gone."""
    sorts: dict[str, list[int]] = {"changed": [], "moved": [], "already": [], "gone": []}
    for each in planned:
        sorts[_sort(each, now)].append(each.id)
    return Mended(*(tuple(ids) for ids in sorts.values()))


def _sort(each: Planned, now: Mapping[int, Value]) -> str:
    if each.id not in now:
        return "gone"
    if now[each.id] == each.wanted:
        return "already"
    return "changed" if now[each.id] == each.seen else "moved"


def wanted_of(planned: Iterable[Planned], mended: Mended) -> dict[int, Value]:
    """What those that are to be changed will say."""
    changed = set(mended.changed)
    return {each.id: each.wanted for each in planned if each.id in changed}


def tidy(field: str, text: object) -> str:
    """A line as it is kept: blanks in it are single, "" for nothing. Raises InvalidError for what cannot be kept."""
    line = " ".join(str(text).split())
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in line):
        raise InvalidError(field, "this holds a character that cannot be kept")
    if len(line) > LONGEST:
        raise InvalidError(field, f"this is longer than {LONGEST} characters")
    return line
