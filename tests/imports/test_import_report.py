"""The report of a refused file."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.imports.problems import REASON_OF, Problems, Reason, safe_text
from consentry.imports.report import WORDS, report
from consentry.rules.attendance_codes import CodeFault
from consentry.rules.calendar_faults import CalendarFault
from consentry.rules.dates import DateFault
from consentry.rules.establishment import EstablishmentFault
from consentry.rules.uln import UlnFault
from consentry.rules.upn import UpnFault
from consentry.rules.year_groups import YearGroupFault


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_every_reason_has_words_and_every_fault_a_reason() -> None:
    assert set(WORDS) == set(Reason)
    faults = {*UpnFault, *UlnFault, *CodeFault, *DateFault, *EstablishmentFault, *YearGroupFault, *CalendarFault}
    assert set(REASON_OF) == faults


def test_the_report_shows_the_first_problems_and_counts_the_rest() -> None:
    problems = Problems(show=2)
    for line in range(1, 6):
        problems.note(line, "upn", Reason.UPN_LENGTH, "x")
    found = report(problems)
    assert [(line.line, line.field, line.reason) for line in found.lines] == [
        (1, "upn", WORDS[Reason.UPN_LENGTH]),
        (2, "upn", WORDS[Reason.UPN_LENGTH]),
    ]
    assert (found.total, found.not_shown) == (5, 3)
    assert cells(found.csv())[-1][-1] == "3 more problems are not listed."


def test_a_file_without_problems_is_not_refused() -> None:
    assert not Problems()
    assert len(cells(report(Problems()).csv())) == 1


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "+1", "-1", "＝1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_the_download_is_a_formula(value: str) -> None:
    problems = Problems()
    problems.note(1, value, Reason.MISSING, value, value)
    part, _, name, shown, _ = cells(report(problems).csv())[1]
    assert part == name == shown == "'" + value


@given(st.text(max_size=200))
def test_a_value_is_shown_short_on_one_line_and_printable(value: str) -> None:
    shown = safe_text(value)
    assert len(shown) <= 61
    assert shown.isprintable()
    if value.isprintable() and len(value) <= 60:
        assert shown == value
