"""What an app's sync needs of a school's records: who is looked at, who fails, and by which words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consentry.audit.reading import reading
from consentry.records.queries.readiness.counts import Counted, count_failing
from consentry.records.queries.readiness.failing import A_PAGE, FailingPage, SortedBy, Wanted, all_failing, failing_page
from consentry.rules.identity import SchoolId
from consentry.rules.readiness import Check
from consentry.schools.queries import school_id
from tests.world import NOW, add_school
from tests.world_current import Today, fill
from tests.world_records import writing


@pytest.fixture(scope="module")
def oakfield(module_database: str) -> SchoolId:
    """A school with everything in it, beside another one that has the same."""
    site = add_school()
    fill(site)
    fill(add_school("elmwood"))
    return school_id(site)


def page(school: SchoolId, check: Check, q: str = "", number: int = 1, at: datetime = NOW) -> FailingPage:
    with reading(school):
        return failing_page(school, check, Wanted(q, page=number), at=at)


def failing(school: SchoolId, check: Check, q: str = "") -> list[tuple[str, str]]:
    return [(row.name, row.detail) for row in page(school, check, q).rows]


def counted(school: SchoolId, check: Check, at: datetime = NOW) -> Counted:
    with reading(school):
        return count_failing(school, [check], at=at)[check]


def test_a_course_needs_a_subject_of_its_own(oakfield: SchoolId) -> None:
    """A class too; not what has ended, last year's, and what stands for a registration form."""
    assert failing(oakfield, Check.COURSE_SUBJECTS) == [("7A Maths", "7A/MA"), ("Chess club", "")]
    assert counted(oakfield, Check.COURSE_SUBJECTS) == Counted(3, 2)


def test_a_form_needs_a_short_name(oakfield: SchoolId) -> None:
    """Seed: the short name for registration forms must be used."""
    assert failing(oakfield, Check.FORM_SHORT_NAMES) == [("Oak", "OAK")]
    assert counted(oakfield, Check.FORM_SHORT_NAMES) == Counted(2, 1)


def test_a_form_is_linked_to_a_year_group(oakfield: SchoolId) -> None:
    """Seed: forms linked to a year group."""
    assert failing(oakfield, Check.FORM_YEAR_GROUPS) == [("Oak", "OAK")]


@pytest.mark.parametrize(
    ("check", "names"),
    [
        (Check.PUPIL_UPNS, ["Ada Moss", "Ava Moss", "Nina Number", "Sukarno", "Theo Today"]),
        (Check.PUPIL_FORMS, ["Stan Still", "Sukarno", "Theo Today"]),
        (Check.PUPIL_YEAR_GROUPS, ["Ada Moss", "Ava Moss", "Stan Still", "Sukarno", "Theo Today"]),
        (Check.PUPIL_EMAILS, ["Ada Moss", "Ava Moss", "Stan Still", "Sukarno", "Theo Today"]),
        (Check.GUARDIAN_EMAILS, ["Ada Moss", "Ava Moss", "Stan Still", "Sukarno", "Theo Today"]),
    ],
)
def test_pupils_on_roll_are_looked_at(oakfield: SchoolId, check: Check, names: list[str]) -> None:
    """Each once, at two schools or not; no leavers and no applicants. A number that was replaced is none."""
    assert [name for name, _ in failing(oakfield, check)] == names
    assert counted(oakfield, check) == Counted(8, len(names))


def test_pupils_are_named_with_their_form(oakfield: SchoolId) -> None:
    assert failing(oakfield, Check.PUPIL_UPNS)[:2] == [("Ada Moss", "7A"), ("Ava Moss", "7A")]
    assert failing(oakfield, Check.PUPIL_FORMS)[0] == ("Stan Still", ""), "last year's form is not theirs now"


def test_staff_who_work_here_need_an_email_address_as_staff(oakfield: SchoolId) -> None:
    """Also those of whom no contract is known; nobody who has left or is still to come."""
    assert failing(oakfield, Check.STAFF_EMAILS) == [("Bea Back", ""), ("Nora Nocontract", "12")]
    assert counted(oakfield, Check.STAFF_EMAILS) == Counted(3, 2)


def test_what_fails_is_searched_by_name_and_detail(oakfield: SchoolId) -> None:
    assert failing(oakfield, Check.PUPIL_UPNS, "moss ava") == [("Ava Moss", "7A")]
    assert failing(oakfield, Check.PUPIL_UPNS, "sukarno") == [("Sukarno", "")]
    assert failing(oakfield, Check.COURSE_SUBJECTS, "7a/ma") == [("7A Maths", "7A/MA")]
    assert failing(oakfield, Check.COURSE_SUBJECTS, "%") == []


def test_what_fails_is_sorted_by_surname_or_by_form(oakfield: SchoolId) -> None:
    """Who has no surname stands by the name they have."""

    def names(wanted: Wanted) -> list[str]:
        return [row.name for row in all_failing(oakfield, Check.PUPIL_UPNS, wanted, at=NOW)]

    with reading(oakfield):
        down, by_form = names(Wanted(descending=True)), names(Wanted(sorted_by=SortedBy.DETAIL))
    assert down == ["Theo Today", "Sukarno", "Nina Number", "Ava Moss", "Ada Moss"]
    assert by_form == ["Sukarno", "Theo Today", "Ada Moss", "Ava Moss", "Nina Number"]


def test_the_day_decides(oakfield: SchoolId) -> None:
    """Who leaves today is on roll until tonight; between two years the one that has just ended counts."""
    assert counted(oakfield, Check.PUPIL_UPNS, NOW + timedelta(days=1)).looked_at == 7
    assert counted(oakfield, Check.FORM_SHORT_NAMES, datetime(2026, 9, 1, tzinfo=UTC)) == Counted(2, 1)
    assert counted(oakfield, Check.FORM_SHORT_NAMES, datetime(2024, 8, 1, tzinfo=UTC)) == Counted(0, 0)


def test_a_changed_name_is_the_one_that_is_shown_and_both_are_found(module_database: str) -> None:
    site = add_school("brook")
    with writing(site) as every:
        today = Today(every)
        person = today.add_pupil("Samantha", "Lee").person
        person.preferred_first_name, person.preferred_last_name = "Sam", "Lee-Moss"
        person.save()

    for q in ("sam lee-moss", "samantha"):
        assert failing(school_id(site), Check.PUPIL_UPNS, q) == [("Sam Lee-Moss", "")]


def test_pages_and_files_hold_all_of_them_once(module_database: str) -> None:
    site = add_school("ash")
    with writing(site) as every:
        today = Today(every)
        for _ in range(A_PAGE + 1):
            today.add_pupil("Ann", "Same")
    school = school_id(site)
    first, second = page(school, Check.PUPIL_UPNS), page(school, Check.PUPIL_UPNS, number=99)
    with reading(school):
        everybody = [row.id for row in all_failing(school, Check.PUPIL_UPNS, Wanted(), at=NOW)]

    assert (len(first.rows), first.total, second.number) == (A_PAGE, A_PAGE + 1, 2)
    assert [row.id for row in first.rows + second.rows] == everybody
    assert len(set(everybody)) == A_PAGE + 1


def test_all_checks_together_take_one_query_for_each_kind_of_record(oakfield: SchoolId) -> None:
    with reading(oakfield), CaptureQueriesContext(connection) as asked:
        found = count_failing(oakfield, Check, at=NOW)

    assert list(found) == list(Check)
    assert len(asked) == 4
