"""The calendar as it is kept: one school's alone, read by one query, and what the database itself refuses."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from consentry.audit.actor import OPERATOR
from consentry.audit.change import OutsideChangeError, change
from consentry.audit.reading import reading
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.rules.attendance_codes import Session
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.models import CalendarDays, Site
from consentry.schools.queries import calendar_of, school_id
from tests.world import NOW, add_school

EARLY = CalendarEntry(EntryKind.CLOSURE, date(2026, 11, 13), date(2026, 11, 13), Session.PM, "Early close")


@pytest.fixture(scope="module")
def oakfield(module_database: str) -> Site:
    return add_school()


@pytest.fixture(scope="module")
def elmwood(oakfield: Site) -> Site:
    """Another school, with an entry in its calendar."""
    site = add_school("elmwood")
    add_calendar_entry(site, EARLY, by=OPERATOR, at=NOW)
    return site


def test_a_school_is_in_england_and_has_an_empty_calendar_until_it_says_otherwise(oakfield: Site) -> None:
    with reading(school_id(oakfield)), CaptureQueriesContext(connection) as asked:
        calendar = calendar_of(oakfield)

    assert (calendar.jurisdiction, calendar.entries) == (Jurisdiction.ENGLAND, ())
    assert len(asked) == 1


def test_a_school_sees_its_own_calendar_alone(oakfield: Site, elmwood: Site) -> None:
    with reading(school_id(elmwood)):
        assert calendar_of(elmwood).entries == (EARLY,)
    with reading(school_id(oakfield)):
        assert calendar_of(elmwood).entries == ()
        assert not CalendarDays.objects.exists()
    assert not CalendarDays.objects.exists()


def _row(site: Site, **otherwise: object) -> CalendarDays:
    said = {"kind": "closure", "first_day": EARLY.first_day, "last_day": EARLY.last_day} | otherwise
    return CalendarDays(school=site, **said)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"last_day": date(2026, 11, 12)},
        {"kind": "term", "session": "AM"},
        {"kind": "half-term", "session": "PM"},
        {"session": "EV"},
        {"kind": "holiday"},
    ],
)
def test_the_database_refuses_what_cannot_be(oakfield: Site, otherwise: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), change(actor=OPERATOR, at=NOW, school=school_id(oakfield)):
        _row(oakfield, **otherwise).save()


def test_nothing_is_written_for_another_school_or_outside_a_change(oakfield: Site, elmwood: Site) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        change(actor=OPERATOR, at=NOW, school=school_id(oakfield)),
    ):
        _row(elmwood).save()
    attempts: list[Callable[[], object]] = [_row(oakfield).save, CalendarDays.objects.all().delete]
    for attempt in attempts:
        with pytest.raises(OutsideChangeError):
            attempt()
