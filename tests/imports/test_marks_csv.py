"""Attendance marks from CSV: what is taken, what is refused, and why."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.imports.marks.read import MarkRow, read_marks
from consentry.imports.problems import Problems, Reason

TODAY = date(2025, 9, 5)
UPN = "R201100018042"
OTHER = "H801200001001"


def read(text: str | bytes) -> tuple[list[MarkRow], list[tuple[int, str, Reason]]]:
    problems = Problems()
    data = text.encode() if isinstance(text, str) else text
    rows = list(read_marks(io.BytesIO(data), on=TODAY, problems=problems))
    assert problems.total == len(problems.kept)
    return rows, [(problem.line, problem.field, problem.reason) for problem in problems.kept]


def refused(*lines: str) -> list[tuple[int, str, Reason]]:
    return read("\n".join(["upn,date,session,code,minutes_late", *lines, ""]))[1]


def test_good_marks_are_read_with_their_lines() -> None:
    text = f"upn,date,session,code,minutes_late\n{UPN},2025-09-03,AM,/,\n\n{UPN},2025-09-03,PM,L,12\n"
    rows, problems = read("\N{ZERO WIDTH NO-BREAK SPACE}" + text.replace("\n", "\r\n"))
    assert problems == []
    assert rows == [
        MarkRow(2, UPN, date(2025, 9, 3), "AM", "/", None),
        MarkRow(4, UPN, date(2025, 9, 3), "PM", "L", 12),
    ]


def test_the_column_of_minutes_may_be_left_out() -> None:
    rows, problems = read(f"upn,date,session,code\n{UPN},2025-09-03,PM,\\\n")
    assert [row.code for row in rows] == ["\\"]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (f"{UPN},2025-09-03,AM,\\,", "code", Reason.CODE_AFTERNOON_ONLY),
        (f"{UPN},2025-09-03,PM,/,", "code", Reason.CODE_MORNING_ONLY),
        (f"{UPN},2025-09-03,PM,H,", "code", Reason.CODE_NOT_IN_FORCE),
        (f"{UPN},2025-09-03,PM,present,", "code", Reason.CODE_UNKNOWN),
        (f"{UPN},2025-09-03,PM,,", "code", Reason.CODE_UNKNOWN),
        (f"{UPN},2025-09-03,pm,I,", "session", Reason.SESSION),
        (f"{UPN},2025-09-06,PM,I,", "date", Reason.DATE_IN_FUTURE),
        (f"{UPN},2025-02-29,PM,I,", "date", Reason.DATE_NOT_REAL),
        (f"{UPN},03/09/2025,PM,I,", "date", Reason.DATE_FORM),
        (f"{UPN},2005-09-05,PM,I,", "date", Reason.DATE_TOO_EARLY),
        ("A201100018042,2025-09-03,PM,I,", "upn", Reason.UPN_CHECK_LETTER),
        ("2025-09-03,2025-09-03,PM,I,", "upn", Reason.UPN_LENGTH),
        ("=cmd|' /C x'!A,2025-09-03,PM,I,", "upn", Reason.UPN_LENGTH),
        (f"{UPN},2025-09-03,PM,I,5", "minutes_late", Reason.MINUTES_WITHOUT_LATE),
        (f"{UPN},2025-09-03,PM,L,five", "minutes_late", Reason.NOT_A_NUMBER),
        (f"{UPN},2025-09-03,PM,L,-5", "minutes_late", Reason.NOT_A_NUMBER),
        (f"{UPN},2025-09-03,PM,L,٥", "minutes_late", Reason.NOT_A_NUMBER),
        (f"{UPN},2025-09-03,PM,U,481", "minutes_late", Reason.MINUTES_RANGE),
        (f"{UPN},2025-09-03,PM,U,0", "minutes_late", Reason.MINUTES_RANGE),
        (f"{UPN},2025-09-03,PM,U,99999999999999999999", "minutes_late", Reason.MINUTES_RANGE),
        (f"{UPN},2025-09-03,PM,I", "", Reason.COLUMNS),
        (f"{UPN},2025-09-03,PM,I,,", "", Reason.COLUMNS),
    ],
)
def test_a_bad_row_says_its_line_field_and_reason(line: str, field: str, reason: Reason) -> None:
    assert refused(f"{OTHER},2025-09-03,AM,/,", line) == [(3, field, reason)]


def test_a_row_with_many_faults_names_them_all() -> None:
    assert refused("bad,bad,bad,bad,bad") == [
        (2, "upn", Reason.UPN_LENGTH),
        (2, "session", Reason.SESSION),
        (2, "date", Reason.DATE_FORM),
        (2, "minutes_late", Reason.MINUTES_WITHOUT_LATE),
    ]


def test_the_codes_of_the_old_regulations_hold_for_days_before_the_new() -> None:
    assert refused(f"{UPN},2024-07-19,AM,H,", f"{UPN},2024-07-19,PM,Y,") == []
    assert refused(f"{UPN},2024-07-19,AM,C2,") == [(2, "code", Reason.CODE_NOT_IN_FORCE)]


def test_a_pupil_has_one_mark_a_session() -> None:
    assert refused(
        f"{UPN},2025-09-03,AM,/,", f"{UPN},2025-09-03,PM,I,", f"{OTHER},2025-09-03,AM,I,", f"{UPN},2025-09-03,AM,I,"
    ) == [(5, "session", Reason.DUPLICATE)]


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, Reason.EMPTY_FILE),
        (b"\n\n", 1, Reason.EMPTY_FILE),
        (b"date,upn,session,code\n", 1, Reason.HEADER),
        (b"upn,date,session,code,comment\n", 1, Reason.HEADER),
        ("upn,date,session,code\n".encode("utf-16"), 1, Reason.ENCODING),
        ("upn,date,session,code\n".encode("utf-16-le"), 1, Reason.NUL),
        (b"upn,date,session,code\nR201100018042,2025-09-03,AM,\xa3\n", 2, Reason.ENCODING),
        (b"upn,date,session,code\nR201100018042,2025-09-03,AM,\0\n", 2, Reason.NUL),
        (b"upn,date,session,code\n" + b"R" * 10_000_000, 2, Reason.LINE_TOO_LONG),
        (b'upn,date,session,code\n"' + b"\n" * 1000, 3, Reason.RECORD_TOO_LONG),
        (b'upn,date,session,code\n"R201100018042"x,2025-09-03,AM,/\n', 2, Reason.CSV_BROKEN),
        (b'upn,date,session,code\nR201100018042,2025-09-03,AM,"/', 2, Reason.CSV_BROKEN),
        (b"PK\x03\x04\x14\x00\x00\x00", 1, Reason.NUL),
    ],
)
def test_a_file_that_is_no_such_csv_stops_with_its_line(data: bytes, line: int, reason: Reason) -> None:
    rows, problems = read(data)
    assert rows == []
    assert [(where, why) for where, _, why in problems] == [(line, reason)]


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_the_reader_fail(data: bytes) -> None:
    rows, _ = read(b"upn,date,session,code\n" + data)
    assert rows == []


@given(st.lists(st.tuples(st.sampled_from([UPN, OTHER]), st.sampled_from(["AM", "PM"]), st.integers(1, 5))))
def test_each_session_of_a_pupil_is_taken_once_and_its_repeats_counted(marks: list[tuple[str, str, int]]) -> None:
    lines = [f"{upn},2025-09-0{day},{session},I," for upn, session, day in marks]
    rows, problems = read("\n".join(["upn,date,session,code,minutes_late", *lines, ""]))
    assert {(row.upn, row.session, row.date.day) for row in rows} == set(marks)
    assert len(rows) == len(set(marks))
    assert [reason for _, _, reason in problems] == [Reason.DUPLICATE] * (len(marks) - len(rows))
