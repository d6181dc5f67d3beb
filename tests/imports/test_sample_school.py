"""Invented schools pass through the real readers, and are the same every time."""

import io
from collections import Counter
from datetime import date

import pytest

from consentry.imports.ctf.read import read_ctf
from consentry.imports.ctf.rows import CtfHeader, Pupil
from consentry.imports.marks.read import MarkRow, read_marks
from consentry.imports.oneroster.read import read_oneroster
from consentry.imports.oneroster.rows import Enrollment, SchoolClass, User
from consentry.imports.problems import Problems
from consentry.imports.sample.awkward import with_awkward_people
from consentry.imports.sample.calendar import school_days
from consentry.imports.sample.school import SampleSchool, make_school

TODAY = date(2026, 7, 31)
START, END = date(2025, 9, 1), date(2025, 10, 24)


@pytest.fixture(scope="module", params=["8604001", "8602001"], ids=["secondary", "primary"])
def school(request: pytest.FixtureRequest) -> SampleSchool:
    return make_school(7, 240, "900001", request.param, "Oakford School")


def pupils_of(data: bytes) -> tuple[CtfHeader, list[Pupil]]:
    problems = Problems()
    header, *rows = read_ctf(io.BytesIO(data), on=TODAY, problems=problems)
    assert problems.kept == []
    assert isinstance(header, CtfHeader)
    return header, [row for row in rows if isinstance(row, Pupil)]


def marks_of(data: bytes) -> list[MarkRow]:
    problems = Problems()
    rows = list(read_marks(io.BytesIO(data), on=TODAY, problems=problems))
    assert problems.kept == []
    return rows


def test_every_pupil_is_in_the_transfer_file(school: SampleSchool) -> None:
    header, pupils = pupils_of(school.ctf())
    assert (header.laestab, header.urn, header.academic_year) == (school.plan.laestab, "900001", 2025)
    assert len({pupil.upn for pupil in pupils}) == len(pupils) == 240
    assert {pupil.year_group for pupil in pupils} == set(school.plan.year_groups)
    assert {pupil.registration_form for pupil in pupils} == set(school.plan.forms)
    assert all(pupil.contacts and pupil.address and pupil.phones and pupil.entry_date for pupil in pupils)
    assert {period.provision for pupil in pupils for period in pupil.sen_periods} == {"N", "K", "E"}
    assert len({pupil.ethnicity for pupil in pupils}) > 5


def test_brothers_and_sisters_share_a_home(school: SampleSchool) -> None:
    _, pupils = pupils_of(school.ctf())
    homes = Counter(pupil.address.address1 + pupil.address.postal_code for pupil in pupils if pupil.address)
    assert max(homes.values()) >= 2


def test_marks_cover_every_session_of_every_pupil(school: SampleSchool) -> None:
    rows = marks_of(school.marks(START, END))
    days = list(school_days(START, END))
    assert len(rows) == 240 * len(days) * 2
    counts = Counter(row.code for row in rows)
    present = (counts["/"] + counts["\\"] + counts["L"]) / len(rows)
    assert 0.88 < present < 0.98
    assert counts["I"] > counts["U"] > 0


def test_a_day_has_the_same_marks_in_every_file(school: SampleSchool) -> None:
    def as_set(rows: list[MarkRow]) -> set[tuple[str, date, str, str]]:
        return {(row.upn, row.date, row.session, row.code) for row in rows}

    whole = as_set(marks_of(school.marks(START, END)))
    part = as_set(marks_of(school.marks(date(2025, 9, 17), date(2025, 9, 24))))
    assert part == {mark for mark in whole if date(2025, 9, 17) <= mark[1] <= date(2025, 9, 24)}
    _, pupils = pupils_of(school.ctf(attendance=(START, END)))
    assert as_set([mark for pupil in pupils for mark in pupil.marks]) == whole


def test_the_roster_is_of_the_same_pupils(school: SampleSchool) -> None:
    problems = Problems()
    rows = list(read_oneroster(io.BytesIO(school.oneroster()), problems=problems))
    assert problems.kept == []
    upns = {row.upn for row in rows if isinstance(row, User) and row.upn}
    assert upns == {pupil.upn for pupil in pupils_of(school.ctf())[1]}
    homerooms = {row.class_code for row in rows if isinstance(row, SchoolClass) and row.class_type == "homeroom"}
    assert homerooms == set(school.plan.forms)
    taught = {row.class_sourced_id for row in rows if isinstance(row, Enrollment) and row.role == "teacher"}
    assert taught == {row.sourced_id for row in rows if isinstance(row, SchoolClass)}


def test_a_seed_makes_the_same_school_and_another_seed_another() -> None:
    def files(seed: int) -> tuple[bytes, bytes, bytes]:
        made = make_school(seed, 40, "900001", "8604001", "Oakford School")
        return made.ctf(), made.marks(START, date(2025, 9, 12)), made.oneroster()

    assert files(1) == files(1)
    assert all(one != other for one, other in zip(files(1), files(2), strict=True))


def test_a_school_has_no_more_pupils_than_numbers() -> None:
    with pytest.raises(ValueError, match="no more pupil numbers"):
        make_school(1, 5001, "900001", "8604001", "Oakford School")


def test_a_full_year_has_about_190_days() -> None:
    assert 185 <= len(list(school_days(date(2025, 9, 1), date(2026, 8, 31)))) <= 195


def test_awkward_people_pass_through_the_readers_as_well() -> None:
    school = with_awkward_people(make_school(3, 60, "900001", "9994001", "Oakford School"))
    _, pupils = pupils_of(school.ctf())
    problems = Problems()
    list(read_oneroster(io.BytesIO(school.oneroster()), problems=problems))

    assert problems.kept == []
    assert [pupil.legal_first_name for pupil in pupils if not pupil.legal_last_name] == ["Sukarno"]
    assert sum(pupil.leaving_date is not None for pupil in pupils) == 2
    assert sum(pupil.enrolment_status == "M" for pupil in pupils) == 1
    assert sum(bool(pupil.former_last_name) for pupil in pupils) == 1
    assert sum(bool(pupil.former_upn) for pupil in pupils) == 1
    assert sum(pupil.preferred_last_name != pupil.legal_last_name for pupil in pupils) == 1


def test_who_left_has_no_marks_since_and_who_is_at_two_schools_has_those_of_both() -> None:
    school = with_awkward_people(make_school(3, 60, "900001", "9994001", "Oakford School"))
    rows = marks_of(school.marks(START, END))
    gone, both = school.pupils[2], school.pupils[4]

    assert max(row.date for row in rows if row.upn == gone.upn) == gone.leaving_date
    assert {row.date.weekday() for row in rows if row.upn == both.upn and row.code == "D"} == {2}


def test_a_small_school_has_no_room_for_awkward_people() -> None:
    with pytest.raises(ValueError, match="40 pupils"):
        with_awkward_people(make_school(3, 39, "900001", "9994001", "Oakford School"))
