"""What was counted becomes what is sent, or the faults that keep it back; nothing personal has a place in it."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.assembling_payloads import NotSendableError, PayloadFault, assemble, not_counted
from consentry.rules.attendance_codes import CODE_SETS, CODES, Session, StatisticalClass, codes_on
from consentry.rules.attendance_payload import (
    DayCounts,
    MarkCount,
    NotAggregateError,
    Payload,
    YearGroupCount,
    by_code,
    by_year_group,
)
from consentry.rules.gathered import GatheredDay, GatheredMarks
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.payload_forms import Form, Format, Granularity, as_bytes, as_document, hidden
from consentry.rules.school_calendar import CalendarEntry, EntryKind, SchoolCalendar
from consentry.rules.year_groups import YEAR_GROUPS

MONDAY = date(2025, 11, 3)
BEFORE_2024 = date(2024, 7, 1)
OPEN = SchoolCalendar(Jurisdiction.ENGLAND)
URN = "137264"


def marks(code: str, count: int, session: Session = Session.AM, group: str | None = "7", **said: Any) -> GatheredMarks:
    return GatheredMarks(session, group, code, said.get("on_roll", True), count)


def day(*marked: GatheredMarks, roll: int = 30, on: date = MONDAY) -> GatheredDay:
    return GatheredDay(on, (("7", roll),), marked)


def faults(*days: GatheredDay) -> set[PayloadFault]:
    with pytest.raises(NotSendableError) as kept_back:
        assemble(URN, days, OPEN)
    return {each.fault for each in kept_back.value.faults}


def test_a_session_without_a_register_is_not_taken_and_never_zero() -> None:
    """DS-20."""
    [told] = assemble(URN, [day(marks("/", 30))], OPEN).days

    assert [(each.session, each.taken, each.total) for each in told.sessions] == [
        (Session.AM, True, 30),
        (Session.PM, False, 0),
    ]
    document = as_document(Payload(URN, ("7",), (told,)), Form())
    assert document["days"][0]["sessions"][1] == {"session": "PM", "taken": False, "marks": []}


def test_a_session_in_which_the_school_is_closed_is_not_told_of() -> None:
    afternoon = CalendarEntry(EntryKind.CLOSURE, MONDAY, MONDAY, Session.PM, "Boiler")
    [told] = assemble(URN, [day(marks("/", 30))], SchoolCalendar(Jurisdiction.ENGLAND, (afternoon,))).days

    assert [each.session for each in told.sessions] == [Session.AM]


def test_marks_of_a_session_in_which_the_school_should_be_closed_are_told() -> None:
    """The register knows better than the calendar: no silent gap."""
    whole = CalendarEntry(EntryKind.CLOSURE, MONDAY, MONDAY)
    [told] = assemble(URN, [day(marks("/", 30))], SchoolCalendar(Jurisdiction.ENGLAND, (whole,))).days

    assert [each.session for each in told.sessions] == [Session.AM]


def test_marks_that_are_nobodys_attendance_are_not_counted() -> None:
    """Planned closures, and pupils who are still to come, who are on no roll."""
    told = assemble(
        URN, [day(marks("#", 30), marks("Z", 2, Session.PM, on_roll=False), marks("\\", 30, Session.PM))], OPEN
    )

    [monday] = told.days
    assert [each.session for each in monday.sessions] == [Session.PM]
    assert by_code(monday.sessions[0]) == {"\\": 30}


def test_a_sub_code_counts_as_the_code_it_is_part_of() -> None:
    on = date(2021, 3, 10)
    [told] = assemble(URN, [day(marks("I01", 2), marks("I02", 3), marks("I", 1), marks("X06", 4), on=on)], OPEN).days

    assert by_code(told.sessions[0]) == {"I": 6, "X": 4}


@pytest.mark.parametrize(
    ("gathered", "fault"),
    [
        (GatheredDay(MONDAY, (("7", 30), (None, 2)), ()), PayloadFault.NO_YEAR_GROUP),
        (GatheredDay(MONDAY, (("13A", 30),), ()), PayloadFault.NO_YEAR_GROUP),
        (day(marks("?", 1)), PayloadFault.UNKNOWN_CODE),
        (day(marks("H", 1)), PayloadFault.CODE_NOT_IN_FORCE),
        (day(marks("K", 1), on=BEFORE_2024), PayloadFault.CODE_NOT_IN_FORCE),
        (day(marks("\\", 1)), PayloadFault.WRONG_SESSION),
        (day(marks("/", 1, Session.PM)), PayloadFault.WRONG_SESSION),
        (day(marks("/", 31)), PayloadFault.MORE_THAN_ROLL),
        (day(marks("/", 1, group="8")), PayloadFault.MORE_THAN_ROLL),
    ],
)
def test_what_fails_a_check_keeps_the_return_back(gathered: GatheredDay, fault: PayloadFault) -> None:
    assert faults(gathered) == {fault}


def test_codes_are_those_of_the_part_of_the_kingdom() -> None:
    """The same letter means something else elsewhere: whose codes are not known, of them nothing is sent."""
    assert CODE_SETS.keys() == {Jurisdiction.ENGLAND}
    with pytest.raises(NotSendableError) as kept_back:
        assemble(URN, [day(marks("/", 30))], SchoolCalendar(Jurisdiction.WALES))
    assert {each.fault for each in kept_back.value.faults} == {PayloadFault.UNKNOWN_CODE}


def test_marks_of_pupils_who_are_not_on_roll_are_not_counted_and_told_of() -> None:
    """The roll is that day's: whoever left on Friday, as the school learns on Tuesday, has marks on Monday."""
    gathered = [day(marks("/", 29), marks("/", 1, on_roll=False), marks("\\", 2, Session.PM, on_roll=False))]

    [told] = assemble(URN, gathered, OPEN).days
    assert [(each.session, each.total) for each in told.sessions] == [(Session.AM, 29), (Session.PM, 0)]
    assert [(each.fault, each.session, each.count) for each in not_counted(gathered)] == [
        (PayloadFault.NOT_ON_ROLL, Session.AM, 1),
        (PayloadFault.NOT_ON_ROLL, Session.PM, 2),
    ]
    assert not_counted([day(marks("Z", 2, on_roll=False))]) == ()


def test_all_faults_are_told_with_their_day_session_and_number() -> None:
    with pytest.raises(NotSendableError) as kept_back:
        assemble(URN, [GatheredDay(MONDAY, ((None, 12),), (marks("H", 3, Session.PM),))], OPEN)

    assert [(each.fault, each.day, each.session, each.count) for each in kept_back.value.faults] == [
        (PayloadFault.NO_YEAR_GROUP, MONDAY, None, 12),
        (PayloadFault.CODE_NOT_IN_FORCE, MONDAY, Session.PM, 3),
    ]


def unknown(on: date) -> GatheredDay:
    return GatheredDay(on, ((None, 30),), ())


def test_of_days_before_anything_is_known_of_the_school_nothing_is_told() -> None:
    """The first week of a school's first year here: the window reaches into August."""
    told = assemble(URN, [unknown(date(2025, 8, 29)), day(marks("/", 30))], OPEN)

    assert [each.day for each in told.days] == [MONDAY]
    assert faults(unknown(date(2025, 8, 29)), unknown(MONDAY)) == {PayloadFault.NO_YEAR_GROUP}
    assert faults(day(marks("/", 30)), unknown(date(2025, 11, 4))) == {PayloadFault.NO_YEAR_GROUP}


def test_what_is_wrong_with_the_roll_of_a_day_in_the_holidays_keeps_nothing_back() -> None:
    holiday = CalendarEntry(EntryKind.CLOSURE, date(2025, 11, 4), date(2025, 11, 4))
    calendar = SchoolCalendar(Jurisdiction.ENGLAND, (holiday,))
    told = assemble(URN, [day(marks("/", 30)), unknown(date(2025, 11, 4))], calendar)

    assert [each.day for each in told.days] == [MONDAY]


NOTES = st.text(max_size=20) | st.integers() | st.none() | st.just("Ada Ng")


@given(group=NOTES, code=NOTES, count=NOTES)
def test_the_types_hold_nothing_but_counts(group: Any, code: Any, count: Any) -> None:
    """DS-18, DS-19. Only counts of pupils: whatever is put in must be of the closed lists, or it cannot be made."""
    try:
        made = MarkCount(group, code, count)
    except NotAggregateError:
        return
    except TypeError:
        return
    assert made.year_group in YEAR_GROUPS
    assert made.code in {each.mark for each in CODES}
    assert type(made.count) is int


@pytest.mark.parametrize("urn", ["", "12345", "1234567", "Oakfield", "12345\n", "１２３４５６"])
def test_a_school_is_its_number(urn: str) -> None:
    """DS-08."""
    with pytest.raises(NotAggregateError):
        Payload(urn, (), ())


def test_a_year_group_and_a_day_are_what_they_say() -> None:
    with pytest.raises(NotAggregateError):
        YearGroupCount("7A", 3)
    with pytest.raises(NotAggregateError):
        YearGroupCount("7", -1)
    with pytest.raises(NotAggregateError):
        DayCounts("2025-11-03", (), ())  # type: ignore[arg-type]
    with pytest.raises(NotAggregateError):
        Payload(URN, ("Ada Ng",), ())


IN_FORCE = [each for each in codes_on(MONDAY) if each.statistical is not StatisticalClass.ADMINISTRATIVE]
CELLS = st.tuples(st.sampled_from(["R", "1", "7", "11", "X"]), st.sampled_from(IN_FORCE), st.integers(1, 40))


@given(cells=st.lists(CELLS, max_size=25))
def test_both_totals_can_be_derived_and_agree(cells: list[tuple[str, Any, int]]) -> None:
    """DS-10. Seed 003: the total of marks for each code, and for each year group: one cross-table has both."""
    gathered = tuple(marks(code.mark, count, code.session or Session.AM, group) for group, code, count in cells)
    roll = tuple((group, 2_000) for group in ("R", "1", "7", "11", "X"))

    [told] = assemble(URN, [GatheredDay(MONDAY, roll, gathered)], OPEN).days

    assert sum(each.total for each in told.sessions) == sum(count for _, _, count in cells)
    for session in told.sessions:
        assert sum(by_code(session).values()) == sum(by_year_group(session).values()) == session.total
        marginals = json.loads(as_bytes(Payload(URN, ("7",), (told,)), Form(Granularity.MARGINALS)))["days"][0]
        assert [sum(each["count"] for each in one["by_code"]) for one in marginals["sessions"]] == [
            each.total for each in told.sessions
        ]


@given(cells=st.lists(CELLS, max_size=25), below=st.integers(2, 12))
def test_small_numbers_are_hidden_where_that_is_asked_for(cells: list[tuple[str, Any, int]], below: int) -> None:
    """No number from one to below the threshold is told, and none can be worked out from the roll of its year group."""
    gathered = tuple(marks(each.mark, n, each.session or Session.AM, group) for group, each, n in cells)
    roll = tuple((group, 2_000) for group in ("R", "1", "7", "11", "X"))
    payload = assemble(URN, [GatheredDay(MONDAY, roll, gathered)], OPEN)

    for session in as_document(payload, Form(suppress_below=below))["days"][0]["sessions"]:
        for group in {each["year_group"] for each in session["marks"]}:
            counts = [each["count"] for each in session["marks"] if each["year_group"] == group]
            assert all(count is None or count >= below for count in counts)
            assert counts.count(None) != 1 or len(counts) == 1


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"/": 28, "I": 1, "M": 1}, {"/": None, "I": None, "M": None}),
        ({"/": 28, "N": 6, "I": 4, "M": 4}, {"/": 28, "N": None, "I": None, "M": None}),
        ({"/": 28, "I": 1, "M": 2}, {"/": 28, "I": None, "M": None}),
        ({"/": 28, "I": 0}, {"/": 28, "I": 0}),
    ],
)
def test_hidden_numbers_are_not_told_by_their_sum(counts: dict[str, int], told: dict[str, int | None]) -> None:
    """Thirty on roll less 28 who are there are two of two codes: one each."""
    assert hidden(counts, 5) == told


@pytest.mark.parametrize(("roll", "total"), [((3,), None), ((1, 1), None), ((2, 3), 5), ((3, 30), 33), ((30,), 30)])
def test_a_total_that_would_tell_hidden_rolls_is_hidden(roll: tuple[int, ...], total: int | None) -> None:
    told = tuple(YearGroupCount(str(group), count) for group, count in enumerate(roll, 7))
    payload = Payload(URN, ("7", "8"), (DayCounts(MONDAY, told, ()),))

    assert as_document(payload, Form(suppress_below=5))["days"][0]["roll"]["total"] == total
    assert as_document(payload, Form())["days"][0]["roll"]["total"] == sum(roll)


def test_the_same_return_is_a_csv_as_well() -> None:
    payload = assemble(URN, [day(marks("/", 28), marks("I", 2))], OPEN)

    lines = as_bytes(payload, Form(format=Format.CSV)).decode().splitlines()

    assert lines == [
        "urn,date,session,year_group,code,count",
        "137264,2025-11-03,ROLL,7,,30",
        "137264,2025-11-03,AM,7,/,28",
        "137264,2025-11-03,AM,7,I,2",
        "137264,2025-11-03,PM,,,not taken",
    ]
    assert as_bytes(payload, Form(Granularity.MARGINALS, Format.CSV, suppress_below=5)).decode().splitlines()[2:5] == [
        "137264,2025-11-03,AM,,/,suppressed",
        "137264,2025-11-03,AM,,I,suppressed",
        "137264,2025-11-03,AM,7,,30",
    ]
