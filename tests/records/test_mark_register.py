"""Registers are taken and changed: who may, which codes, what somebody else did meanwhile, and what stays on record."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE
from consentry.records.actions.mark_register import mark_register
from consentry.records.mending import MOST_AT_ONCE
from consentry.records.models import AttendanceRollCallRecord, MarkChange, RecordChange, RegisterEntry
from consentry.records.queries.mark_history import history_of_pupil, who_took
from consentry.records.roll_call import UNMARKED, Entry, InvalidMarksError, Marked, PlannedEntry
from consentry.rules.attendance_codes import Session
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.schools.queries import school_id
from tests.imports.applied import last_event, rows
from tests.records.a_register import FRIDAY, ILL, PRESENT, TODAY, Registers, move_to, open_registers
from tests.world import NOW, account_of, add_person, add_school

NOBODY = Marked()


@pytest.fixture
def oakfield(database: str) -> Registers:
    return open_registers(add_school())


def lines(oakfield: Registers, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(rows(MarkChange, oakfield.site, *columns), key=repr)


def test_a_register_is_taken_in_one_revision_with_one_event(oakfield: Registers) -> None:
    done = oakfield.mark({"Ada": PRESENT, "Ben": Entry("L", 7), "Cy": ILL})

    assert oakfield.names(done.entered) == {"Ada", "Ben", "Cy"}
    assert oakfield.stands() == {"Ada": PRESENT, "Ben": Entry("L", 7), "Cy": ILL}
    ((revision, count),) = {(each, 3) for (each,) in rows(AttendanceRollCallRecord, oakfield.site, "revision_id")}
    entered = rows(RegisterEntry, oakfield.site, "record_id", created_revision=revision)
    assert len(entered) == count
    event = last_event(oakfield.site)
    assert (event.name, event.actor_name) == ("register.taken", "Asha Patel")
    assert event.details == {
        "form": "7A", "day": "2025-11-03", "session": "AM", "entered": 3, "changed": 0, "left": 0,
    }  # fmt: skip


def test_a_change_keeps_the_original_the_reason_and_who_did_it(oakfield: Registers) -> None:
    """SI 2024/208: the original entry, the amended one, the day, the reason and the person."""
    oakfield.mark({"Ada": Entry("N"), "Ben": PRESENT}, oakfield.call(day=FRIDAY))
    done = oakfield.mark({"Ada": ILL}, oakfield.call(day=FRIDAY), reason="  The mother\n rang ")

    assert oakfield.names(done.changed) == {"Ada"}
    with reading(school_id(oakfield.site)):
        told, first = history_of_pupil(school_id(oakfield.site), oakfield.ids["Ada"], FRIDAY, FRIDAY)
    assert (told.before, told.after, told.reason) == (Entry("N"), ILL, "The mother rang")
    assert (told.by.kind, told.by.id, told.by.at) == ("user", oakfield.asha.user_id, NOW)
    assert (first.before, first.after) == (UNMARKED, Entry("N"))
    assert last_event(oakfield.site).name == "register.changed"
    assert "reason" not in last_event(oakfield.site).details
    told_pollers = rows(RecordChange, oakfield.site, "entity_type", "fields")
    assert told_pollers == [("AttendanceRollCallRecord", ["attendanceMark"])]


def test_minutes_alone_are_a_change(oakfield: Registers) -> None:
    oakfield.mark({"Ben": Entry("L", 7)})
    oakfield.mark({"Ben": Entry("L", 9)})

    assert oakfield.stands()["Ben"] == Entry("L", 9)
    assert rows(RecordChange, oakfield.site, "fields") == [(["minutesLate"],)]
    assert lines(oakfield, "minutes_before", "minutes_after") == [(7, 9), (None, 7)]


def test_a_mark_of_a_day_before_today_changes_with_a_reason_only(oakfield: Registers) -> None:
    friday = oakfield.call(day=FRIDAY)
    assert oakfield.mark({"Ada": PRESENT}, friday).is_done  # a register that was forgotten needs none
    with pytest.raises(InvalidError, match="say why"):
        oakfield.mark({"Ada": ILL}, friday, reason=" \n ")

    assert oakfield.stands(friday)["Ada"] == PRESENT


def test_todays_marks_change_without_a_reason(oakfield: Registers) -> None:
    oakfield.mark({"Ada": Entry("N")})
    assert oakfield.mark({"Ada": Entry("L", 40)}).changed


def test_what_somebody_else_marked_meanwhile_is_left_alone_and_named(oakfield: Registers) -> None:
    seen = oakfield.stands()
    oakfield.mark({"Ada": ILL, "Ben": PRESENT})
    done = oakfield.mark({"Ada": PRESENT, "Ben": PRESENT, "Cy": PRESENT}, seen=seen)

    assert oakfield.names(done.moved) == {"Ada"}
    assert oakfield.names(done.already) == {"Ben"}
    assert oakfield.names(done.entered) == {"Cy"}
    assert oakfield.stands()["Ada"] == ILL
    assert last_event(oakfield.site).details["left"] == 1


def test_what_is_as_it_was_seen_is_not_touched(oakfield: Registers) -> None:
    """Somebody corrects Ada while the register is open; it is sent with Ada as she was and Ben late."""
    oakfield.mark({"Ada": PRESENT, "Ben": PRESENT})
    seen = oakfield.stands()
    oakfield.mark({"Ada": ILL})
    done = oakfield.mark({"Ada": PRESENT, "Ben": Entry("L", 3), "Cy": UNMARKED}, seen=seen)

    assert (done.moved, oakfield.names(done.changed)) == ((), {"Ben"})
    assert oakfield.stands() == {"Ada": ILL, "Ben": Entry("L", 3), "Cy": UNMARKED}


def test_a_register_that_says_nothing_new_makes_no_revision_and_no_event(oakfield: Registers) -> None:
    oakfield.mark({"Ada": PRESENT})
    before = last_event(oakfield.site)

    assert oakfield.mark({"Ada": PRESENT, "Ben": UNMARKED}) == NOBODY
    already = oakfield.mark({"Ada": PRESENT}, seen={"Ada": UNMARKED})
    assert (already.is_done, oakfield.names(already.already)) == (False, {"Ada"})
    assert last_event(oakfield.site) == before


@pytest.mark.parametrize(
    ("said", "session", "why"),
    [
        (Entry("Y"), Session.AM, "not in use on that day"),
        (Entry("?"), Session.AM, "no such code"),
        (Entry("\\"), Session.AM, "for afternoons"),
        (Entry("/"), Session.PM, "for mornings"),
        (Entry("I", 5), Session.AM, "L or U"),
        (Entry("L", 0), Session.AM, "from 1 to 480"),
        (Entry("U", 481), Session.AM, "from 1 to 480"),
        (Entry(None, 5), Session.AM, "choose a mark"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_with_its_pupil(
    oakfield: Registers, said: Entry, session: Session, why: str
) -> None:
    with pytest.raises(InvalidMarksError) as refused:
        oakfield.mark({"Ada": said, "Ben": Entry("L", 5)}, oakfield.call(session=session))

    assert list(refused.value.reasons) == [oakfield.ids["Ada"]]
    assert why in refused.value.reasons[oakfield.ids["Ada"]]
    assert lines(oakfield, "id") == []


def test_a_mark_is_changed_and_never_taken_away(oakfield: Registers) -> None:
    oakfield.mark({"Ada": PRESENT})
    with pytest.raises(InvalidMarksError):
        oakfield.mark({"Ada": UNMARKED})


def test_a_late_change_follows_the_codes_of_its_day(database: str) -> None:
    """July 2024's codes for July 2024: Y was in use, Y1 was not; whenever the change is made."""
    made = open_registers(add_school())
    day = date(2024, 7, 3)
    with pytest.raises(InvalidMarksError):
        made.mark({"Ada": Entry("Y1")}, made.call(day=day))
    gone = made.mark({"Ada": Entry("Y")}, made.call(day=day))
    assert made.names(gone.gone) == {"Ada"}  # who was not on roll yet


def test_a_code_that_the_schools_list_lacks_is_refused(oakfield: Registers) -> None:
    with reading(school_id(oakfield.site)), connection.cursor() as cursor:
        cursor.execute("update records_attendancemark set code = 'OWN' where code = 'ILLNESS'")
    with pytest.raises(InvalidMarksError, match="does not have this code"):
        oakfield.mark({"Ada": ILL})


def test_nobody_is_marked_who_is_not_in_the_form_or_not_on_roll_on_the_day(oakfield: Registers) -> None:
    elsewhere = open_registers(add_school("elmwood"))
    oakfield.ids["Stranger"] = elsewhere.ids["Ada"]
    done = oakfield.mark({"Di": PRESENT, "Stranger": PRESENT, "Ada": PRESENT})

    assert oakfield.names(done.gone) == {"Di", "Stranger"}
    assert oakfield.names(done.entered) == {"Ada"}
    assert oakfield.names(oakfield.mark({"Ada": PRESENT}, oakfield.call(day=date(2025, 8, 29))).gone) == {"Ada"}


def test_a_pupil_who_changed_forms_is_in_the_register_of_each_in_its_time(oakfield: Registers) -> None:
    move_to(oakfield, "Ada", "7B", TODAY)

    assert set(oakfield.stands()) == {"Ben", "Cy"}
    assert set(oakfield.stands(oakfield.call("7B"))) == {"Ada", "Di"}
    assert "Ada" in oakfield.stands(oakfield.call(day=FRIDAY))
    assert oakfield.mark({"Ada": PRESENT}, oakfield.call("7B")).entered


def test_pupils_in_no_form_have_a_register_too(oakfield: Registers) -> None:
    assert oakfield.mark({"Eve": PRESENT, "Ada": PRESENT}, oakfield.call(None)).entered == (oakfield.ids["Eve"],)
    assert oakfield.stands(oakfield.call(None)) == {"Eve": PRESENT}
    assert last_event(oakfield.site).details["form"] == ""


@pytest.mark.parametrize(
    ("form", "day", "field"),
    [(10**9, TODAY, "form"), (None, TODAY + timedelta(days=1), "day"), (None, date(2025, 11, 1), "day")],
    ids=["no such form", "still to come", "closed on Saturday"],
)
def test_a_register_that_cannot_be_is_refused(oakfield: Registers, form: int | None, day: date, field: str) -> None:
    call = oakfield.call(None, day)
    with pytest.raises(InvalidError) as refused:
        oakfield.mark({"Eve": ILL}, type(call)(form, call.day, call.session), seen={"Eve": UNMARKED})
    assert refused.value.field == field


def test_another_schools_form_is_as_one_that_is_not_there(oakfield: Registers) -> None:
    elsewhere = open_registers(add_school("elmwood"))
    with pytest.raises(InvalidError, match="no such form"):
        oakfield.mark({"Ada": ILL}, elsewhere.call(), seen={"Ada": UNMARKED})


def test_it_takes_the_permission_for_registers(oakfield: Registers) -> None:
    tom = account_of(add_person(oakfield.site, "Tom Reed", OFFICE), oakfield.site)
    with pytest.raises(NotPermittedError) as refused:
        oakfield.mark({"Ada": PRESENT}, by=tom)
    assert refused.value.missing == Permission.ATTENDANCE_REGISTERS


def test_nobody_marks_more_than_any_school_has(oakfield: Registers) -> None:
    plan = [PlannedEntry(number, UNMARKED, PRESENT) for number in range(MOST_AT_ONCE + 1)]
    with pytest.raises(InvalidError, match="at most 5,000"):
        mark_register(oakfield.site, oakfield.call(), plan, reason="", by=oakfield.asha, at=NOW)


def test_a_reason_that_cannot_be_kept_is_refused(oakfield: Registers) -> None:
    for reason in ("a\0b", "x" * 256):
        with pytest.raises(InvalidError) as refused:
            oakfield.mark({"Ada": PRESENT}, reason=reason)
        assert refused.value.field == "reason"


def test_it_says_who_took_a_register_and_who_changed_it_last(oakfield: Registers) -> None:
    school, call = school_id(oakfield.site), oakfield.call()
    with reading(school):
        assert who_took(school, call) is None
    oakfield.mark({"Ada": PRESENT, "Ben": PRESENT})
    tom = account_of(add_person(oakfield.site, "Tom Reed"), oakfield.site)
    oakfield.mark({"Ben": ILL}, by=tom, at=NOW + timedelta(hours=1))

    with reading(school):
        taken = who_took(school, call)
    assert taken is not None
    assert (taken.first.id, taken.last.id) == (oakfield.asha.user_id, tom.user_id)
    assert (taken.first.at, taken.last.at) == (NOW, NOW + timedelta(hours=1))


def test_as_many_statements_for_a_whole_school_as_for_a_form(oakfield: Registers) -> None:
    def statements(said: dict[str, Entry]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert oakfield.mark(said).is_done
        return len(asked)

    oakfield.mark({"Di": PRESENT}, oakfield.call("7B"))
    few = statements({"Ada": PRESENT})
    assert statements({"Ben": PRESENT, "Cy": PRESENT}) == few
