"""Registers taken at the same moment, and beside an import."""

from collections.abc import Callable
from functools import partial

import pytest

from consentry.audit.reading import reading
from consentry.records.models import AttendanceRollCallRecord, MarkChange
from consentry.records.roll_call import UNMARKED, Entry
from consentry.records.writing.turn import TurnTakenError, take_turn, take_turn_beside
from consentry.schools.queries import school_id
from tests.imports.applied import apply_marks, rows
from tests.imports.test_imports_beside_others import elsewhere
from tests.races import TIMES, Racers
from tests.records.a_register import ILL, PRESENT, TODAY, UPN, Registers, open_registers
from tests.world import add_school

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


def while_held(oakfield: Registers, take: Callable[..., None]) -> bool:
    """Whether a register can be taken while somebody has this kind of turn."""
    school = school_id(oakfield.site)
    with reading(school):
        take(school)
        try:
            return bool(elsewhere(partial(oakfield.mark, {"Ada": PRESENT}, seen={"Ada": UNMARKED})).is_done)
        except TurnTakenError:
            return False


def test_no_register_is_taken_while_an_import_writes(oakfield: Registers) -> None:
    """They would wait for each other's marks without end; whoever takes a register is told to try again."""
    assert not while_held(oakfield, take_turn)
    assert oakfield.stands()["Ada"] == UNMARKED


def test_registers_are_taken_side_by_side(oakfield: Registers) -> None:
    assert while_held(oakfield, take_turn_beside)
