"""Entering, changing and removing what stands in a school's calendar: who may, what cannot be, what goes on record."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from consentry.audit.actor import OPERATOR, SYSTEM
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.people.actions.add_roles import OFFICE, TRUST_ADMINISTRATOR
from consentry.people.actions.change_calendar_entry import change_calendar_entry
from consentry.people.actions.remove_calendar_entry import remove_calendar_entry
from consentry.people.models import Account
from consentry.rules.attendance_codes import Session
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.keeping_calendar import LONGEST, MovedMeanwhileError, digest
from consentry.schools.models import CalendarDays, Site
from consentry.schools.queries import calendar_days, calendar_of, school_id
from tests.races import TIMES
from tests.world import NOW, account_of, add_person, add_school, add_trust

TERM, HALF_TERM, CLOSURE, OPEN = EntryKind
AUTUMN = CalendarEntry(TERM, date(2026, 9, 1), date(2026, 12, 18), name="Autumn term")
SPRING = CalendarEntry(TERM, date(2027, 1, 4), date(2027, 3, 26), name="Spring term")
HALF = CalendarEntry(HALF_TERM, date(2026, 10, 26), date(2026, 10, 30))
INSET = CalendarEntry(CLOSURE, date(2026, 9, 1), date(2026, 9, 1), name="INSET")


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(oakfield: Site) -> Account:
    return account_of(add_person(oakfield), oakfield)


def entries(site: Site) -> list[CalendarEntry]:
    with reading(school_id(site)):
        return list(calendar_of(site).entries)


def rows(site: Site) -> list[CalendarDays]:
    with reading(school_id(site)):
        return list(calendar_days(school_id(site)))


def events(site: Site) -> list[tuple[str, str, dict[str, object]]]:
    with reading(school_id(site)):
        found = Event.objects.filter(school_id=site.id, name__startswith="calendar").order_by("number")
        return [(each.name, each.subject_name, each.details) for each in found]


def refused(site: Site, entry: CalendarEntry, by: Account) -> InvalidError:
    """Why this cannot be entered; the calendar stays as it was."""
    before = entries(site)
    with pytest.raises(InvalidError) as why:
        add_calendar_entry(site, entry, by=by, at=NOW)
    assert entries(site) == before
    return why.value


def test_what_is_entered_stands_in_the_calendar_its_name_tidied(oakfield: Site, asha: Account) -> None:
    add_calendar_entry(oakfield, replace(AUTUMN, name="  Autumn \t term "), by=asha, at=NOW)
    add_calendar_entry(oakfield, replace(INSET, session=Session.PM), by=asha, at=NOW)

    assert entries(oakfield) == [AUTUMN, replace(INSET, session=Session.PM)]
    assert events(oakfield) == [
        (
            "calendar_entry.added",
            "Autumn term",
            {
                "kind": "term",
                "first_day": "2026-09-01",
                "last_day": "2026-12-18",
                "session": None,
                "called": "Autumn term",
            },
        ),
        (
            "calendar_entry.added",
            "INSET",
            {
                "kind": "closure",
                "first_day": "2026-09-01",
                "last_day": "2026-09-01",
                "session": "PM",
                "called": "INSET",
            },
        ),
    ]


def test_a_change_tells_what_was_before(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)
    training = replace(INSET, first_day=date(2026, 9, 2), last_day=date(2026, 9, 2), name="Training")

    assert change_calendar_entry(oakfield, row.id, training, seen=digest(INSET), by=asha, at=NOW) == training

    assert entries(oakfield) == [training]
    name, subject, details = events(oakfield)[-1]
    assert (name, subject, details["first_day"]) == ("calendar_entry.changed", "Training", "2026-09-02")
    assert {each: details[each] for each in details if each.startswith("was")} == {
        "was_kind": "closure",
        "was_days": "1 September 2026",
        "was_called": "INSET",
    }


def test_saving_what_is_so_already_tells_nothing(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)

    assert change_calendar_entry(oakfield, row.id, INSET, seen=digest(INSET), by=asha, at=NOW) == INSET
    assert len(events(oakfield)) == 1


def test_what_is_removed_is_told(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)

    assert remove_calendar_entry(oakfield, row.id, seen=digest(INSET), by=asha, at=NOW) == INSET

    assert entries(oakfield) == []
    assert events(oakfield)[-1][:2] == ("calendar_entry.removed", "INSET")


def test_no_term_overlaps_a_term_and_the_one_in_the_way_is_named(oakfield: Site, asha: Account) -> None:
    add_calendar_entry(oakfield, AUTUMN, by=asha, at=NOW)

    why = refused(oakfield, replace(SPRING, first_day=date(2026, 12, 18)), asha)

    assert why.field == "first_day"
    assert "overlaps Autumn term, 1 September 2026 to 18 December 2026" in why.reason


def test_a_half_term_lies_within_a_term_and_its_term_is_not_taken_from_it(oakfield: Site, asha: Account) -> None:
    assert refused(oakfield, HALF, asha).field == "first_day"
    term = add_calendar_entry(oakfield, AUTUMN, by=asha, at=NOW)
    add_calendar_entry(oakfield, HALF, by=asha, at=NOW)
    shorter = replace(AUTUMN, first_day=date(2026, 10, 28))

    with pytest.raises(InvalidError, match="Half term, 26 October 2026 to 30 October 2026 would lie outside"):
        change_calendar_entry(oakfield, term.id, shorter, seen=digest(AUTUMN), by=asha, at=NOW)
    with pytest.raises(InvalidError, match="would lie outside every term: change or remove it first"):
        remove_calendar_entry(oakfield, term.id, seen=digest(AUTUMN), by=asha, at=NOW)

    assert entries(oakfield) == [AUTUMN, HALF]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(INSET, last_day=date(2026, 8, 31)), "last_day"),
        (replace(INSET, last_day=date(2027, 9, 2)), "last_day"),
        (replace(AUTUMN, last_day=date(2027, 8, 1)), "last_day"),
        (replace(AUTUMN, session=Session.AM), "session"),
        (replace(INSET, first_day=date(1, 1, 1)), "first_day"),
        (replace(INSET, last_day=date(9999, 12, 31)), "last_day"),
        (replace(INSET, name="x" * (LONGEST + 1)), "name"),
        (replace(INSET, name="a\0b"), "name"),
        (replace(INSET, name="\ud800"), "name"),
        (replace(INSET, name="\u202eTESNI"), "name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    oakfield: Site, asha: Account, entry: CalendarEntry, field: str
) -> None:
    assert refused(oakfield, entry, asha).field == field


def test_nothing_is_entered_twice(oakfield: Site, asha: Account) -> None:
    add_calendar_entry(oakfield, INSET, by=asha, at=NOW)

    assert "entered already" in refused(oakfield, replace(INSET, name="Training"), asha).reason


def test_who_lacks_the_permission_changes_nothing(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)
    tom = account_of(add_person(oakfield, "Tom Reed", OFFICE), oakfield)

    for attempt in (
        lambda: add_calendar_entry(oakfield, AUTUMN, by=tom, at=NOW),
        lambda: change_calendar_entry(oakfield, row.id, AUTUMN, seen=digest(INSET), by=tom, at=NOW),
        lambda: remove_calendar_entry(oakfield, row.id, seen=digest(INSET), by=tom, at=NOW),
        lambda: add_calendar_entry(oakfield, AUTUMN, by=SYSTEM, at=NOW),
    ):
        with pytest.raises(NotPermittedError) as lacking:
            attempt()
        assert lacking.value.missing is Permission.SCHOOL_GENERAL_ADMIN
    assert entries(oakfield) == [INSET]


def test_the_operator_may(oakfield: Site) -> None:
    add_calendar_entry(oakfield, INSET, by=OPERATOR, at=NOW)

    assert entries(oakfield) == [INSET]


def test_a_trust_has_no_calendar(database: str) -> None:
    trust = add_trust()
    noah = account_of(add_person(trust, "Noah Price", TRUST_ADMINISTRATOR), trust)

    with pytest.raises(InvalidError, match="a trust has no calendar"):
        add_calendar_entry(trust, AUTUMN, by=noah, at=NOW)


def test_another_schools_entry_is_as_one_that_is_gone(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)
    elmwood = add_school("elmwood")
    ivy = account_of(add_person(elmwood, "Ivy Stone"), elmwood)

    for number in (row.id, row.id + 1_000, 2**70):
        with pytest.raises(MovedMeanwhileError) as gone:
            remove_calendar_entry(elmwood, number, seen=digest(INSET), by=ivy, at=NOW)
        assert gone.value.now is None
    assert (entries(oakfield), entries(elmwood)) == ([INSET], [])


def test_of_two_people_the_second_is_told_what_the_first_has_said(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)
    first, second = replace(INSET, name="Training"), replace(INSET, session=Session.AM)
    change_calendar_entry(oakfield, row.id, first, seen=digest(INSET), by=asha, at=NOW)

    with pytest.raises(MovedMeanwhileError) as moved:
        change_calendar_entry(oakfield, row.id, second, seen=digest(INSET), by=asha, at=NOW)
    with pytest.raises(MovedMeanwhileError):
        remove_calendar_entry(oakfield, row.id, seen=digest(INSET), by=asha, at=NOW)

    assert moved.value.now == first
    assert entries(oakfield) == [first]


@pytest.mark.races
def test_of_two_who_change_an_entry_at_once_the_second_is_told(oakfield: Site, asha: Account) -> None:
    row = add_calendar_entry(oakfield, INSET, by=asha, at=NOW)
    shown = INSET
    for turn in range(TIMES):
        barrier = Barrier(2)

        def attempt(who: str) -> str:
            wanted = replace(INSET, name=f"{turn} {who}")  # noqa: B023 - called within the turn
            try:
                barrier.wait()  # noqa: B023
                change_calendar_entry(oakfield, row.id, wanted, seen=digest(shown), by=asha, at=NOW)  # noqa: B023
            except MovedMeanwhileError as moved:
                return moved.now.name if moved.now else ""
            finally:
                connections.close_all()
            return "done"

        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(attempt, ("Asha", "Tom")))
        (shown,) = entries(oakfield)
        assert told == [shown.name, "done"]


@pytest.mark.races
def test_of_two_terms_entered_at_once_that_overlap_one_stands(oakfield: Site, asha: Account) -> None:
    for turn in range(TIMES):
        year = 2000 + turn % 99
        barrier = Barrier(2)

        def attempt(month: int) -> bool:
            try:
                barrier.wait()  # noqa: B023 - called within the turn
                term = CalendarEntry(TERM, date(year, month, 1), date(year, 12, 1))  # noqa: B023
                add_calendar_entry(oakfield, term, by=asha, at=NOW)
            except InvalidError:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(attempt, (9, 10))) == [False, True]
        for row in rows(oakfield):
            remove_calendar_entry(oakfield, row.id, seen=digest(row.facts()), by=asha, at=NOW)
