"""England's attendance codes by day and session, and their statistical flags."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.attendance_codes import (
    BY_MARK,
    CODES,
    REGULATIONS_2024,
    AttendanceCode,
    CodeFault,
    Session,
    StatisticalClass,
    code_fault,
    codes_on,
)
from consentry.rules.attendance_flags import attendance_flags

LAST_OLD_DAY = date(2024, 8, 18)
OF_2024 = "/ \\ L K V P W B C C1 C2 E I J1 M R S T G N O U D Q X Y1 Y2 Y3 Y4 Y5 Y6 Y7 Z #"
NOW = set(OF_2024.split())
OF_2006 = "/ \\ L B J P V W C E H I M R S T G N O U D X Y Z #"
BEFORE = set(OF_2006.split())


def test_each_day_has_the_codes_of_the_regulations_then_in_force() -> None:
    assert {code.mark for code in codes_on(REGULATIONS_2024)} == NOW
    assert {code.mark for code in codes_on(LAST_OLD_DAY)} == BEFORE
    assert {code.mark for code in codes_on(date(2013, 7, 1))} == BEFORE | {"F"}


@pytest.mark.parametrize(
    ("mark", "day", "session", "fault"),
    [
        ("/", REGULATIONS_2024, Session.AM, None),
        ("/", REGULATIONS_2024, Session.PM, CodeFault.MORNING_ONLY),
        ("\\", REGULATIONS_2024, Session.AM, CodeFault.AFTERNOON_ONLY),
        ("\\", REGULATIONS_2024, Session.PM, None),
        ("H", LAST_OLD_DAY, Session.AM, None),
        ("H", REGULATIONS_2024, Session.AM, CodeFault.NOT_IN_FORCE),
        ("J1", LAST_OLD_DAY, Session.AM, CodeFault.NOT_IN_FORCE),
        ("J1", REGULATIONS_2024, Session.PM, None),
        ("F", date(2013, 8, 31), Session.PM, None),
        ("F", date(2013, 9, 1), Session.PM, CodeFault.NOT_IN_FORCE),
        ("I", date(2006, 8, 31), Session.PM, CodeFault.NOT_IN_FORCE),
        ("X05", date(2021, 1, 5), Session.PM, None),
        ("l", REGULATIONS_2024, Session.AM, CodeFault.UNKNOWN),
        ("", REGULATIONS_2024, Session.AM, CodeFault.UNKNOWN),
        ("A", REGULATIONS_2024, Session.AM, CodeFault.UNKNOWN),
    ],
)
def test_a_code_is_judged_by_its_day_and_session(
    mark: str, day: date, session: Session, fault: CodeFault | None
) -> None:
    assert code_fault(mark, day, session) is fault


def test_every_mark_and_every_lasting_name_stands_once() -> None:
    assert len(BY_MARK) == len(CODES) == len({code.code for code in CODES})


@given(st.sampled_from(CODES), st.integers(-400, 400))
def test_a_code_is_in_force_from_its_first_day_to_its_last(code: AttendanceCode, offset: int) -> None:
    day = (code.valid_to or code.valid_from) + timedelta(days=offset)
    assert code.in_force(day) is (code.valid_from <= day and (code.valid_to is None or day <= code.valid_to))


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.mark)
def test_a_possible_session_is_counted_once_and_any_other_nowhere(code: AttendanceCode) -> None:
    flags = attendance_flags(code)
    counted = [
        flags["is_statistical_present"],
        flags["is_statistical_approved_educational_activity"],
        flags["is_statistical_authorized_absent"],
        flags["is_statistical_unauthorized_absent"],
    ]
    assert sum(counted) == flags["is_statistical_possible_attendance"]
    uncounted = code.statistical in (StatisticalClass.NOT_POSSIBLE, StatisticalClass.ADMINISTRATIVE)
    assert flags["is_statistical_possible_attendance"] is not uncounted
    assert flags["is_physical_present"] + flags["is_physical_absent"] + flags["is_physical_not_required"] == 1


def test_the_flags_name_the_codes_that_a_register_offers_first() -> None:
    def marks(flag: str) -> set[str]:
        return {code.mark for code in CODES if attendance_flags(code)[flag]}

    assert marks("is_default_present") == {"/", "\\"}
    assert marks("is_default_late") == {"L"}
    assert marks("is_default_late_after_register_closed") == {"U"}
    assert marks("is_default_absent") == marks("is_presumed_absent") == {"N"}
    assert marks("is_excluded") == {"E"}
    assert marks("is_physical_late") == {"L", "U"}
    assert marks("show_in_register") == NOW - {"Z", "#"}


def test_a_sub_code_folds_into_a_code_of_the_same_class() -> None:
    for code in CODES:
        if code.parent is not None:
            assert BY_MARK[code.parent].statistical is code.statistical
