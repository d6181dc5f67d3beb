"""Registers taken at the same moment, and beside an import."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections

from consentry.audit.reading import reading
from consentry.records.models import AttendanceMark, AttendanceRollCall, AttendanceRollCallRecord, MarkChange
from consentry.records.roll_call import UNMARKED, Entry, Marked
from consentry.records.writing.turn import take_turn_beside
from consentry.schools.queries import school_id
from tests.imports.applied import apply_marks, last_event, rows
from tests.imports.test_imports_beside_others import elsewhere
from tests.locks import LOCKS_HERE
from tests.races import TIMES, Racers
from tests.records.a_register import ILL, PRESENT, TODAY, UPN, Registers, open_registers
from tests.world import add_school
from tests.world_records import writing

DAYS = [TODAY.replace(month=10, day=day) for day in (*range(6, 11), *range(13, 18), *range(20, 25))]


@pytest.fixture
def oakfield(database: str) -> Registers:
    return open_registers(add_school())


@pytest.mark.races
def test_two_who_take_one_register_at_once_lose_nothing(oakfield: Registers) -> None:
    """Every pupil has the mark of one of them, and the other is told of each that differs."""
    with Racers(2) as racers:
        for turn in range(TIMES):
            call, late = oakfield.call(day=DAYS[turn % len(DAYS)]), turn % 480 + 1
            seen = oakfield.stands(call)
            ours, theirs = (
                {name: Entry(mark, late) for name in names}
                for mark, names in (("L", ("Ada", "Ben")), ("U", ("Ben", "Cy")))
            )
            first, second = racers.at_once(
                *(partial(oakfield.mark, said, call, seen=seen, reason="Race") for said in (ours, theirs))
            )

            after = oakfield.stands(call)
            assert (after["Ada"], after["Cy"]) == (ours["Ada"], theirs["Cy"])
            moved = oakfield.names(first.moved), oakfield.names(second.moved)
            assert moved in [({"Ben"}, set()), (set(), {"Ben"})]
            assert after["Ben"] == (theirs if moved[0] else ours)["Ben"]


@pytest.mark.races
def test_a_register_and_an_import_at_once_leave_one_mark_and_what_was_before(oakfield: Registers) -> None:
    """Whoever comes second finds what the first wrote: a register leaves it alone, an import changes it on record."""
    with Racers(2) as racers:
        for day in DAYS[:TIMES]:
            data = f"upn,date,session,code\n{UPN},{day},AM,N\n".encode()
            take = partial(oakfield.mark, {"Ada": ILL}, oakfield.call(day=day), seen={"Ada": UNMARKED})
            done, _ = racers.at_once(take, partial(apply_marks, oakfield.site, data))

            assert oakfield.stands(oakfield.call(day=day))["Ada"] == Entry("N")
            history = rows(MarkChange, oakfield.site, "before", "after", record_date=day)
            assert len(rows(AttendanceRollCallRecord, oakfield.site, "id", record_date=day)) == 1
            if done.entered:  # type: ignore[attr-defined]
                assert sorted(history, key=str) == [("ILLNESS", "NO_REASON_YET"), (None, "ILLNESS")]
            else:
                assert (oakfield.names(done.moved), history) == ({"Ada"}, [])  # type: ignore[attr-defined]


def overtaken(oakfield: Registers, said: dict[str, Entry]) -> Marked:
    """What becomes of this register when somebody marks Ada ill and Cy present after it looked and before it writes."""
    with ThreadPoolExecutor(1) as pool:
        with writing(oakfield.site) as every:  # whoever has the revision keeps all others from writing
            mark(oakfield, "Ada", "ILLNESS", **every)
            mark(oakfield, "Cy", "PRESENT_AM", **every)
            done = pool.submit(in_thread, partial(oakfield.mark, said, seen=dict.fromkeys(said, UNMARKED)))
            wait_until_somebody_waits()
        return done.result(timeout=20)


def in_thread(work: Callable[[], Marked]) -> Marked:
    try:
        return work()
    finally:
        connections.close_all()


def mark(oakfield: Registers, name: str, code: str, **every: Any) -> None:
    AttendanceRollCallRecord.objects.create(
        student_id=oakfield.ids[name],
        record_date=TODAY,
        attendance_roll_call=AttendanceRollCall.objects.get(school=oakfield.site, code="AM"),
        attendance_mark=AttendanceMark.objects.get(school=oakfield.site, code=code),
        **every,
    )


def wait_until_somebody_waits() -> None:
    waiting = f"select exists ({LOCKS_HERE} and not granted)"
    with connections["owner"].cursor() as cursor:
        for _ in range(2_000):
            cursor.execute(waiting)
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.01)
    pytest.fail("the register never came to write")


def test_who_is_marked_between_the_look_and_the_write_is_left_alone(oakfield: Registers) -> None:
    done = overtaken(oakfield, {"Ada": PRESENT, "Ben": PRESENT, "Cy": PRESENT})

    assert oakfield.names(done.entered) == {"Ben"}
    assert (oakfield.names(done.moved), oakfield.names(done.already)) == ({"Ada"}, {"Cy"})
    assert oakfield.stands() == {"Ada": ILL, "Ben": PRESENT, "Cy": PRESENT}
    assert last_event(oakfield.site).details["entered"] == 1


def test_a_register_that_comes_too_late_for_everybody_leaves_no_trace(oakfield: Registers) -> None:
    done = overtaken(oakfield, {"Ada": PRESENT})

    assert (done.is_done, oakfield.names(done.moved)) == (False, {"Ada"})
    assert last_event(oakfield.site).name == "records.loaded"
    assert rows(MarkChange, oakfield.site, "id") == []


def test_registers_are_taken_side_by_side(oakfield: Registers) -> None:
    """Nobody waits for another register, however long that takes; all wait for an import (see the page)."""
    with reading(school_id(oakfield.site)):
        take_turn_beside(school_id(oakfield.site))
        assert elsewhere(partial(oakfield.mark, {"Ada": PRESENT}, seen={"Ada": UNMARKED})).is_done
