"""What is counted: pupils on roll that day in the year group of that day, and their marks."""

from datetime import date, timedelta
from typing import Any

import pytest

from consentry.audit.reading import reading
from consentry.records.models import AcademicLevel, AcademicLevelMembership, EducationalInstitutionEnrolment
from consentry.returns.models import Collector
from consentry.returns.queries.counts import count_attendance
from consentry.rules.attendance_payload import by_code, by_year_group
from consentry.rules.gathered import GatheredDay
from consentry.rules.school_calendar import school_year
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.imports.applied import apply_marks
from tests.returns.a_collector import add_collector
from tests.returns.a_school import MONDAY, all_present, made, mark, school_of
from tests.world_records import writing

DAY = timedelta(days=1)
TUESDAY = MONDAY - 6 * DAY


@pytest.fixture
def collector(database: str) -> Collector:
    return add_collector()


def counted(site: Site, *days: date) -> tuple[GatheredDay, ...]:
    with reading(school_id(site)):
        return count_attendance(school_id(site), days or (MONDAY,))


def roll(site: Site, day: date = MONDAY) -> dict[str | None, int]:
    [gathered] = counted(site, day)
    return dict(gathered.roll)


def test_pupils_are_counted_by_the_year_group_that_they_are_in(database: str) -> None:
    """DS-07, DS-12."""
    site, _ = school_of(25)

    assert sum(roll(site).values()) == 25
    assert set(roll(site)) <= {"7", "8", "9", "10", "11"}


def test_who_has_left_and_who_is_still_to_come_are_not_on_roll(database: str) -> None:
    """DS-11. The roll is that day's, not today's; the day on which somebody leaves is one of theirs."""
    site, _ = school_of(10)
    with writing(site):
        first, second = EducationalInstitutionEnrolment.objects.filter(school=site).order_by("id")[:2]
        for enrolment, said in ((first, {"leaving_date": MONDAY}), (second, {"entry_date": MONDAY})):
            EducationalInstitutionEnrolment.objects.filter(school=site, id=enrolment.id).update(**said)

    days = (MONDAY - 3 * DAY, MONDAY, MONDAY + DAY)
    assert [sum(count for _, count in each.roll) for each in counted(site, *days)] == [9, 10, 9]


def test_a_pupil_with_two_enrolments_counts_once(database: str) -> None:
    site, _ = school_of(3)
    with writing(site) as every:
        one: Any = EducationalInstitutionEnrolment.objects.filter(school=site).order_by("id")[0]
        EducationalInstitutionEnrolment.objects.create(
            student_id=one.student_id, entry_date=TUESDAY, leaving_date=MONDAY, **every
        )

    assert sum(roll(site).values()) == 3


def test_who_changes_the_year_group_counts_in_that_of_the_day(database: str) -> None:
    """DS-12. Of two at once the one that began last; when it ends, the first one again."""
    site, _ = school_of(10)
    with writing(site) as every:
        own: Any = AcademicLevelMembership.objects.filter(school=site).order_by("id")[0]
        grade = AcademicLevel.objects.get(school=site, id=own.academic_level_id)
        other = AcademicLevel.objects.filter(school=site).exclude(id=grade.id).order_by("id")[0]
        AcademicLevelMembership.objects.create(
            academic_level=other, student_id=own.student_id, start_date=TUESDAY, end_date=MONDAY - 3 * DAY, **every
        )

    before, moved, back = (roll(site, day) for day in (TUESDAY - DAY, TUESDAY, MONDAY))
    assert before == back
    assert moved != before
    assert sum(moved.values()) == 10


def test_the_year_group_of_a_year_that_ended_does_not_count(database: str) -> None:
    site, _ = school_of(4)
    with writing(site) as every:
        level = AcademicLevel.objects.filter(school=site).order_by("id")[0]
        year = type(level.academic_year).objects.create(
            code="2026-2027", start_date=date(2026, 9, 1), end_date=date(2027, 8, 31), **every
        )

    assert year.id
    assert roll(site, date(2026, 9, 1)) == {None: 4}
    assert None not in roll(site, school_year(date(2026, 9, 1))[0] - DAY)


def test_marks_are_counted_by_session_year_group_and_code(collector: Collector) -> None:
    """DS-09. Seed 003: the total of AM and PM marks for each attendance code, and for each year group."""
    site, sample = school_of(10)
    ill, late = sample.pupils[0].upn, sample.pupils[1].upn
    mark(site, all_present(sample, MONDAY))
    mark(site, [(ill, MONDAY, "AM", "I"), (ill, MONDAY, "PM", "I"), (late, MONDAY, "AM", "L")])

    sent = made(site, collector)
    assert sent.payload is not None
    morning, afternoon = sent.payload.days[-1].sessions
    assert by_code(morning) == {"/": 8, "L": 1, "I": 1}
    assert by_code(afternoon) == {"\\": 9, "I": 1}
    assert sum(by_year_group(morning).values()) == 10


def test_a_register_that_was_not_taken_is_no_zero(collector: Collector) -> None:
    """DS-20."""
    site, sample = school_of(4)
    apply_marks(site, f"upn,date,session,code\n{sample.pupils[0].upn},{MONDAY},AM,/\n".encode())

    sent = made(site, collector)
    assert sent.payload is not None
    assert [each.taken for each in sent.payload.days[-1].sessions] == [True, False]


def test_marks_of_who_is_not_on_roll_are_told_apart(database: str) -> None:
    site, sample = school_of(2)
    mark(site, all_present(sample, MONDAY))
    with writing(site):
        one = EducationalInstitutionEnrolment.objects.filter(school=site).order_by("id")[0]
        EducationalInstitutionEnrolment.objects.filter(school=site, id=one.id).update(leaving_date=TUESDAY)

    [gathered] = counted(site)
    assert sorted(each.on_roll for each in gathered.marks) == [False, False, True, True]


def test_another_schools_pupils_and_marks_count_nowhere_else(database: str) -> None:
    site, sample = school_of(3)
    other, _ = school_of(2)
    mark(site, all_present(sample, MONDAY))

    [there] = counted(other)
    assert sum(count for _, count in there.roll) == 2
    assert there.marks == ()


def test_a_day_of_which_nothing_is_known_is_there(database: str) -> None:
    site, _ = school_of(2)

    long_ago, day = counted(site, date(1999, 1, 4), MONDAY)

    assert long_ago == GatheredDay(date(1999, 1, 4), (), ())
    assert day.marks == ()
