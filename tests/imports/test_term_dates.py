"""Term dates from a CSV file: all of them, or none and every problem with its line; and what the terminal shows."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.imports.actions.import_term_dates import TermDates, import_term_dates
from consentry.imports.applying.outcome import RefusedFileError
from consentry.imports.limits import CALENDAR_LINES
from consentry.imports.problems import Problems
from consentry.imports.report import report
from consentry.imports.term_dates.read import read_term_dates
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.people.actions.add_roles import OFFICE
from consentry.project.command_line import commands
from consentry.rules.attendance_codes import Session
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.keeping_calendar import MOST
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id
from tests.world import NOW, account_of, add_person, add_school, add_trust

HEADER = b"kind,first_day,last_day,session,name\n"
YEAR = (
    HEADER
    + b"half-term,2026-10-26,2026-10-30,,\n"
    + b"term,2026-09-01,2026-12-18,,Autumn term\n"
    + b"Half Term,2027-02-15,2027-02-19,,\r\n"
    + b'TERM,2027-01-04,2027-03-26,,"Spring, the short one"\n'
    + b"closure,2026-09-01,,,INSET\n"
    + b"\n"
    + b"closure,2026-11-13,2026-11-13,pm,Parents\xe2\x80\x99 evening\n"
    + b"open,2027-05-03,2027-05-03,AM,\n"
)
AUTUMN = CalendarEntry(EntryKind.TERM, date(2026, 9, 1), date(2026, 12, 18), name="Autumn term")


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


def load(site: Site, file: bytes) -> TermDates:
    return import_term_dates(site, io.BytesIO(file), by=OPERATOR, at=NOW)


def entries(site: Site) -> list[CalendarEntry]:
    with reading(school_id(site)):
        return list(calendar_of(site).entries)


def problems(site: Site, file: bytes) -> list[tuple[int, str, str]]:
    """What is wrong with the file, of which nothing is entered."""
    before = entries(site)
    with pytest.raises(RefusedFileError) as refused:
        load(site, file)
    assert entries(site) == before
    return [(each.line, each.field, each.reason.value) for each in refused.value.problems.kept]


def test_a_year_is_entered_whatever_the_order_of_its_lines(oakfield: Site) -> None:
    assert load(oakfield, YEAR) == TermDates(added=7, already=0)

    found = entries(oakfield)
    assert [f"{each.first_day:%d %b} {each.kind.value}" for each in found] == [
        "01 Sep term", "01 Sep closure", "26 Oct half-term", "13 Nov closure", "04 Jan term", "15 Feb half-term",
        "03 May open",
    ]  # fmt: skip
    assert found[0] == AUTUMN
    assert (found[3].session, found[3].name) == (Session.PM, "Parents’ evening")
    assert found[4].name == "Spring, the short one"


def test_one_event_tells_of_the_whole_file(oakfield: Site) -> None:
    load(oakfield, YEAR)

    with reading(school_id(oakfield)):
        told = Event.objects.get(school_id=oakfield.id, name="calendar.imported").details
    assert told["added"] == 7
    assert "Autumn term, 1 September 2026 to 18 December 2026" in told["entries"]


def test_what_stands_there_already_is_left_as_it_is(oakfield: Site) -> None:
    load(oakfield, YEAR)

    assert load(oakfield, YEAR) == TermDates(added=0, already=7)
    assert load(oakfield, HEADER) == TermDates(added=0, already=0)
    with reading(school_id(oakfield)):
        assert Event.objects.filter(school_id=oakfield.id, name="calendar.imported").count() == 1


def test_every_problem_is_told_with_its_line(oakfield: Site) -> None:
    add_calendar_entry(oakfield, AUTUMN, by=OPERATOR, at=NOW)

    assert problems(
        oakfield,
        HEADER
        + b"holiday,2026-10-26,2026-10-30,,\n"
        + b",2026-02-30,26/10/2026,noon,\n"
        + b"term,2026-12-01,2027-03-26,,Spring\n"
        + b"half-term,2027-02-15,2027-02-19,,\n"
        + b"closure,2026-11-13,2026-11-12,,\n"
        + b"term,2027-04-12,2027-08-21,,\n"
        + b"half-term,2026-10-26,2026-10-30,AM,\n"
        + b"closure,1999-01-01,1999-01-01,,\n"
        + b"closure,2026-09-01,2027-09-30,,\n"
        + b"closure,2026-09-01\n"
        + b"closure,2026-09-01,,,A\n"
        + b"closure,2026-09-01,,,B\n"
        + b"closure,,,,B\n"
        + b"closure,2026-09-02,,," + b"x" * 101 + b"\n",
    ) == [
        (2, "kind", "calendar_kind"),
        (3, "kind", "missing"),
        (3, "first_day", "date_not_real"),
        (3, "last_day", "date_form"),
        (3, "session", "session"),
        (4, "first_day", "overlaps_term"),
        (6, "last_day", "ends_before_start"),
        (7, "last_day", "two_school_years"),
        (8, "session", "session_of_whole_days"),
        (9, "first_day", "day_out_of_range"),
        (10, "last_day", "period_too_long"),
        (11, "", "columns"),
        (13, "first_day", "duplicate"),
        (14, "first_day", "missing"),
        (15, "name", "too_long"),
    ]  # fmt: skip


def test_the_term_in_the_way_is_named(oakfield: Site) -> None:
    add_calendar_entry(oakfield, AUTUMN, by=OPERATOR, at=NOW)

    with pytest.raises(RefusedFileError) as refused:
        load(oakfield, HEADER + b"term,2026-12-18,2027-03-26,,Spring\n")

    (line,) = report(refused.value.problems).lines
    assert line.value == "Autumn term, 1 September 2026 to 18 December 2026"
    assert "no day in common" in line.reason


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "empty_file"),
        (b"kind,first,last\n", "header"),
        (HEADER + b"closure,2026-09-01,,,a\0b\n", "nul"),
        (HEADER + b"closure,2026-09-01,,,\xff\n", "encoding"),
        (HEADER + b'closure,2026-09-01,,,"a\n', "csv_broken"),
        (HEADER + b"closure,2026-09-01,,," + b"x" * 70_000, "line_too_long"),
        (HEADER + b"closure,2026-09-01,,,\n" * (CALENDAR_LINES + 1), "too_many_entries"),
    ],
)
def test_what_is_no_such_file_is_refused(oakfield: Site, file: bytes, reason: str) -> None:
    assert reason in {each for _, _, each in problems(oakfield, file)}


def test_a_calendar_has_an_end(oakfield: Site) -> None:
    days = [date.fromordinal(date(2020, 1, 1).toordinal() + number).isoformat() for number in range(MOST)]
    load(oakfield, HEADER + "".join(f"closure,{day},,,\n" for day in days).encode())

    assert problems(oakfield, HEADER + b"closure,2040-01-01,,,\n") == [(2, "", "too_many_entries")]
    with pytest.raises(InvalidError, match="1,000 entries at most"):
        add_calendar_entry(oakfield, AUTUMN, by=OPERATOR, at=NOW)


def test_who_may_not_change_the_calendar_imports_nothing(oakfield: Site) -> None:
    tom = account_of(add_person(oakfield, "Tom Reed", OFFICE), oakfield)

    with pytest.raises(NotPermittedError):
        import_term_dates(oakfield, io.BytesIO(YEAR), by=tom, at=NOW)
    with pytest.raises(InvalidError, match="a trust has no calendar"):
        load(add_trust(), YEAR)
    assert entries(oakfield) == []


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused(file: bytes) -> None:
    found = Problems()

    rows = read_term_dates(io.BytesIO(HEADER + file), found)

    assert rows or found or not file.strip()


def consentry(*words: object) -> Result:
    return CliRunner().invoke(commands, ("calendar", *map(str, words)))


def test_the_operator_imports_and_looks(oakfield: Site, tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_bytes(YEAR)

    assert "7 entered, 0 stood in the calendar already" in consentry("import", file, "--site", "oakfield").output

    shown = json.loads(consentry("show", "--site", "oakfield", "--day", "2026-11-22", "--json").output)
    assert (shown["site"], shown["jurisdiction"], shown["least"], shown["has_terms"]) == (
        "oakfield",
        "england",
        380,
        True,
    )
    assert (shown["first_day"], shown["last_day"], len(shown["entries"])) == ("2026-08-01", "2027-07-31", 7)
    assert shown["bank_holidays"][6] == {"day": "2027-05-03", "name": "May Day", "open": ["AM"]}
    text = consentry("show", "--site", "oakfield", "--day", "2026-11-22").output
    assert f"{shown['sessions']} sessions (at least 380 by law)" in text
    assert "2026-09-01 to 2026-12-18 term          Autumn term" in text
    assert "No terms are entered" in consentry("show", "--site", "oakfield", "--day", "2025-11-22").output


def test_the_terminal_says_what_is_wrong(oakfield: Site, tmp_path: Path) -> None:
    file, found = tmp_path / "terms.csv", tmp_path / "report.csv"
    file.write_bytes(HEADER + b"holiday,2026-10-26,2026-10-30,,\n")

    answer = consentry("import", file, "--site", "oakfield", "--report", found)

    assert answer.exit_code == 1
    assert b"This must be term, half-term, closure or open." in found.read_bytes()
    add_trust()
    for slug in ("nowhere", "harbour-trust"):
        refused = consentry("show", "--site", slug).exception
        assert isinstance(refused, InvalidError)
        assert refused.field == "site"
