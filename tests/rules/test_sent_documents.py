"""Reading back what was sent, in each form, and what differs between two documents."""

from datetime import date

import pytest

from consentry.rules.attendance_codes import Session
from consentry.rules.attendance_payload import DayCounts, MarkCount, Payload, SessionCounts, YearGroupCount
from consentry.rules.differing_documents import Difference, Differences, Taken, differences
from consentry.rules.payload_forms import Form, Format, Granularity, as_bytes
from consentry.rules.sent_documents import SentDay, read_document

MONDAY, TUESDAY = date(2025, 11, 3), date(2025, 11, 4)
MARKS = (MarkCount("7", "/", 20), MarkCount("7", "I", 3), MarkCount("8", "/", 25), MarkCount("8", "X", 1))
FORMS = [Form(granularity, kind) for granularity in Granularity for kind in Format]


def told(*days: DayCounts, form: Form | None = None) -> tuple[SentDay, ...]:
    form = form or Form()
    return read_document(as_bytes(Payload("123456", ("7", "8"), days), form), form.format.media_type)


def day(on: date, morning: tuple[MarkCount, ...] = MARKS, afternoon: tuple[MarkCount, ...] = ()) -> DayCounts:
    roll = (YearGroupCount("7", 24), YearGroupCount("8", 26))
    return DayCounts(on, roll, (SessionCounts(Session.AM, morning), SessionCounts(Session.PM, afternoon)))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.granularity}-{form.format}")
def test_every_form_is_read_back_to_the_same_totals(form: Form) -> None:
    [monday, tuesday] = told(day(MONDAY), DayCounts(TUESDAY, (YearGroupCount("7", 24),), ()), form=form)

    morning, afternoon = monday.sessions
    assert (monday.day, monday.on_roll, dict(monday.roll)) == (MONDAY, 50, {"7": 24, "8": 26})
    assert (morning.taken, morning.by_code(), morning.by_year_group()) == (
        True,
        {"/": 45, "I": 3, "X": 1},
        {"7": 23, "8": 26},
    )
    attendance = morning.attendance()
    assert attendance is not None
    assert (attendance.attended, attendance.possible) == (45, 48)
    assert (afternoon.session, afternoon.taken, afternoon.by_code()) == (Session.PM, False, {})
    assert (tuesday.on_roll, tuesday.sessions) == (24, ())


@pytest.mark.parametrize("kind", list(Format))
def test_what_was_hidden_is_read_as_not_told(kind: Format) -> None:
    [monday] = told(day(MONDAY), form=Form(Granularity.CROSSTAB, kind, suppress_below=5))

    morning = monday.sessions[0]
    assert morning.by_code() == {"/": None, "I": None, "X": None}
    assert morning.attendance() is None, "nothing can be worked out from a part of it"


def test_each_cell_that_differs_is_named_with_what_it_was_and_is() -> None:
    later = (MarkCount("7", "/", 21), MarkCount("7", "I", 2), MarkCount("8", "/", 25), MarkCount("8", "N", 1))

    found = differences(told(day(MONDAY)), told(day(MONDAY, later)))

    assert found == Differences(
        (),
        (
            Difference(MONDAY, Session.AM, "7", "/", 20, 21),
            Difference(MONDAY, Session.AM, "7", "I", 3, 2),
            Difference(MONDAY, Session.AM, "8", "N", 0, 1),
            Difference(MONDAY, Session.AM, "8", "X", 1, 0),
        ),
        (),
        (),
    )


def test_a_register_that_was_taken_since_is_one_line_and_not_every_count() -> None:
    found = differences(told(day(MONDAY)), told(day(MONDAY, afternoon=(MarkCount("7", "\\", 24),))))
    back = differences(told(day(MONDAY)), told(day(MONDAY, morning=())))

    assert (found.taken, found.counts) == ((Taken(MONDAY, Session.PM, now=True),), ())
    assert (back.taken, back.counts) == ((Taken(MONDAY, Session.AM, now=False),), ())


def test_days_that_came_and_went_with_the_window_are_no_differences() -> None:
    found = differences(told(day(MONDAY)), told(day(TUESDAY)))

    assert found == Differences((), (), (TUESDAY,), (MONDAY,))


def test_a_pupil_who_left_is_a_difference_of_the_roll() -> None:
    before = told(day(MONDAY))
    after = told(DayCounts(MONDAY, (YearGroupCount("7", 24), YearGroupCount("8", 25)), day(MONDAY).sessions))

    assert differences(before, after).counts == (Difference(MONDAY, None, "8", "", 26, 25),)


def test_totals_that_were_hidden_and_are_told_now_differ() -> None:
    marginals = Form(Granularity.MARGINALS, Format.CSV, suppress_below=5)
    later = (MarkCount("7", "/", 17), MarkCount("7", "I", 6), MarkCount("8", "/", 26))

    found = differences(told(day(MONDAY), form=marginals), told(day(MONDAY, later), form=marginals))

    assert Difference(MONDAY, Session.AM, "", "I", None, 6) in found.counts
    assert all(not (each.year_group and each.code) for each in found.counts)
