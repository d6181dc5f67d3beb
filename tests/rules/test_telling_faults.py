"""What keeps a return back, in words; what a collector answers, taken apart; what it was told beside the registers."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.assembling_payloads import FoundFault, PayloadFault
from consentry.rules.attendance_codes import Session
from consentry.rules.attendance_received import sessions_received
from consentry.rules.collector_answers import SaidAnswer, SaidError, place_in_words, read_answer
from consentry.rules.gathered import GatheredDay, GatheredMarks
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.pages import Page
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.sent_documents import SentDay, SentSession
from consentry.rules.telling_faults import kept_fault, told_fault

MONDAY, SUNDAY = date(2025, 11, 3), date(2025, 11, 2)
ENGLAND = SchoolCalendar(Jurisdiction.ENGLAND)


def test_a_fault_names_day_session_count_and_where_it_is_mended() -> None:
    roll = told_fault(FoundFault(PayloadFault.NO_YEAR_GROUP, MONDAY, None, 12))
    wrong = told_fault(FoundFault(PayloadFault.WRONG_SESSION, MONDAY, Session.PM, 1, "/"))

    assert roll.what == "12 pupils on roll on 3 November 2025 have no National Curriculum year group."
    assert (
        wrong.what
        == "1 mark in the PM register of 3 November 2025 has the code /, “Present, morning”, which belongs to the "
        "other session."
    )
    assert wrong.mend.endswith("in School > Attendance > Registers.")
    assert (wrong.page, wrong.day, wrong.session) == (Page.REGISTERS, MONDAY, Session.PM)


@pytest.mark.parametrize("fault", list(PayloadFault))
def test_every_fault_has_words_and_something_to_do(fault: PayloadFault) -> None:
    found = FoundFault(fault, MONDAY, Session.AM, 2, "F")
    told = told_fault(found)

    assert "3 November 2025" in told.what
    assert "{" not in told.what + told.mend
    assert told.mend.endswith(".")


def test_a_fault_is_read_as_a_submission_keeps_it() -> None:
    for session in (Session.AM, None):
        found = FoundFault(PayloadFault.UNKNOWN_CODE, MONDAY, session, 3, "?")
        kept = asdict(found) | {"day": "2025-11-03", "session": session.value if session else ""}
        assert kept_fault(json.loads(json.dumps(kept))) == found


def test_an_answer_in_the_style_of_the_field_is_taken_apart() -> None:
    said = {
        "title": "The return is not as agreed",
        "status": 422,
        "errors": [{"message": "no such code", "code": "enum", "path": "days[0].sessions[1].marks[2].code"}, "odd"],
    }
    assert read_answer(json.dumps(said)) == SaidAnswer(
        "The return is not as agreed", (SaidError("enum", "days[0].sessions[1].marks[2].code", "no such code"),), ""
    )
    assert read_answer('{"error": "invalid_client"}').title == "invalid_client"
    assert read_answer("<h1>Bad gateway</h1> ").text == "<h1>Bad gateway</h1>"
    assert read_answer("[" * 100_000).text.startswith("[[")
    assert read_answer('{"errors": 5, "title": null}').text == '{"errors": 5, "title": null}'


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("days[0].sessions[1].marks[0].code", "3 November, PM, year group 7, code I"),
        ("days[0].date", "3 November"),
        ("days[0].roll.by_year_group", "3 November"),
        ("urn", ""),
        ("year_groups[0]", ""),
        ("days[0].sessions[0].by_code[0].count", "3 November, AM, code I"),
        ("days[0].sessions[0].by_year_group[0]", "3 November, AM, year group 7"),
        ("days[7].sessions[0]", ""),
        ("days[0].sessions[9].marks[1]", "3 November"),
        ("marks[0]", ""),
        ("days[99999999999999999999]", ""),
        ("", ""),
    ],
)
def test_the_place_of_an_error_is_said_in_words(path: str, place: str) -> None:
    marks = [{"year_group": "7", "code": "I", "count": 1}]
    totals = {"by_code": [{"code": "I", "count": 1}], "by_year_group": [{"year_group": "7", "count": 1}]}
    sessions = [{"session": "AM"} | totals, {"session": "PM", "marks": marks}]
    document = {"year_groups": ["7"], "days": [{"date": "2025-11-03", "sessions": sessions}]}
    assert place_in_words(path, document) == place


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda part: st.lists(part) | st.dictionaries(
    st.sampled_from(["title", "errors", "error", "code", "path", "message"]) | st.text(), part)))  # fmt: skip
def test_whatever_a_collector_says_can_be_read(said: object) -> None:
    answer = read_answer(json.dumps(said))
    assert all(len(each.message) <= 300 for each in answer.errors)


def gathered(day: date, *marks: tuple[Session, str, int]) -> GatheredDay:
    return GatheredDay(
        day, (("7", 30),), tuple(GatheredMarks(s, "7", code, on_roll=True, count=count) for s, code, count in marks)
    )


def test_what_was_told_stands_beside_what_the_registers_say_by_now() -> None:
    taken = SentSession(Session.AM, taken=True, counts={("7", "/"): 27, ("7", "I"): 3})
    told = {MONDAY: SentDay(MONDAY, {"7": 30}, 30, (taken, SentSession(Session.PM, taken=False)))}
    now = gathered(MONDAY, (Session.AM, "/", 28), (Session.AM, "I02", 2), (Session.PM, "\\", 30), (Session.PM, "#", 1))
    left = GatheredMarks(Session.AM, "7", "/", on_roll=False, count=2)
    now = replace(now, marks=(*now.marks, left))

    morning, afternoon = sessions_received(told, [now], ENGLAND)

    assert morning.sent_attendance is not None
    assert (morning.sent_attendance.attended, morning.now and morning.now.attended, morning.differs) == (27, 28, True)
    assert afternoon.now is not None
    assert (afternoon.sent_attendance, afternoon.now.attended, afternoon.differs) == (None, 30, True)
    same = gathered(MONDAY, (Session.AM, "/", 27), (Session.AM, "I02", 1), (Session.AM, "I", 2))
    assert [each.differs for each in sessions_received(told, [same], ENGLAND)] == [False, False]


def test_what_was_never_told_is_missing_only_where_a_session_was_held() -> None:
    never = sessions_received({}, [gathered(MONDAY), gathered(SUNDAY)], ENGLAND)
    closed = sessions_received({}, [gathered(MONDAY, (Session.AM, "#", 30), (Session.PM, "#", 30))], ENGLAND)
    saturday = sessions_received({}, [gathered(SUNDAY, (Session.AM, "/", 4))], ENGLAND)

    assert [(each.day, each.session, each.sent, each.differs) for each in never] == [
        (MONDAY, Session.AM, None, False),
        (MONDAY, Session.PM, None, False),
    ]
    assert closed == ()
    assert [(each.day, each.session) for each in saturday] == [(SUNDAY, Session.AM)]


def test_of_hidden_numbers_nothing_is_said_to_differ() -> None:
    hidden = SentSession(Session.AM, taken=True, counts={("7", "/"): 27, ("7", "I"): None, ("7", "M"): None})
    told = {MONDAY: SentDay(MONDAY, {"7": 30}, 30, (hidden,))}
    now = gathered(MONDAY, (Session.AM, "/", 27), (Session.AM, "I", 1), (Session.AM, "M", 2))

    morning, _ = sessions_received(told, [now], ENGLAND)

    assert (morning.sent_attendance, morning.differs) == (None, False)
