"""A register is taken, or marks in it are changed, with a reason.

Source: the School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208): an amended entry keeps the
original, what it became, the day, the reason and who did it (records/models/mark_history.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.happening import Detail
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.records.judging_marks import judged
from consentry.records.mending import tidy
from consentry.records.models import AttendanceMark, AttendanceRollCall, AttendanceRollCallRecord
from consentry.records.queries.registers import entries_of, form_name, in_register
from consentry.records.roll_call import UNMARKED, Entry, InvalidMarksError, Marked, PlannedEntry, RollCall
from consentry.records.writing.marks import Written, change_marks, enter_marks
from consentry.records.writing.register_taken import take_register
from consentry.records.writing.revision import take_revision
from consentry.records.writing.turn import take_turn_beside
from consentry.rules.attendance_codes import BY_MARK
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id

_Locked = Mapping[int, tuple[int, Entry]]
_NOT_LISTED = "the school’s list of marks does not have this code"


def mark_register(
    site: Site, call: RollCall, planned: Iterable[PlannedEntry], *, reason: str, by: Account, at: datetime
) -> Marked:
    """Each pupil of the plan has the wanted mark, unless somebody else has marked them otherwise meanwhile.

    The codes are those of the day of the register, whenever it is marked. Raises NotPermittedError, TurnTakenError,
    InvalidMarksError with a reason for each pupil, and InvalidError: for a form that is not there, a day that is still
    to come, a new mark at a session on which the school is closed, and where a mark of a day before today is to change
    and no reason is said. Pupils of other schools are as those who are not in the form.
    """
    plan, why = judged(planned, call), tidy("reason", reason)
    marked = Marked()
    try:
        with change(actor=acting(by), at=at, school=school_id(site)) as this:
            today = timezone.localdate(at)
            check_may(by, site, Page.REGISTERS, today)
            form = _check_call(this, call, today)
            take_turn_beside(this.school)
            locked = _locked(this, call, plan)
            marked = _settled(this, call, plan, {student: entry for student, (_, entry) in locked.items()})
            _check_reason(call, marked, why, today)
            if marked.entered:
                _check_open(site, call)
            if marked.is_done:
                marked = _write(this, call, plan, marked, locked, why)
            if marked.is_done:
                _record(this, site, call, form, marked)
    except ChangeWithoutEventError:
        pass
    return marked


def _check_call(this: Change, call: RollCall, today: date) -> str:
    """The name of the form. Raises InvalidError for one that is not there, and for a day that is still to come."""
    form = form_name(this.school, call.form)
    if form is None:
        raise InvalidError("form", "the school has no such form")
    if call.day > today:
        raise InvalidError("day", "this day is still to come")
    return form


def _locked(this: Change, call: RollCall, plan: Iterable[PlannedEntry]) -> _Locked:
    """The marks that there are, each with the id of its record; nobody changes them until the commit."""
    marks = AttendanceRollCallRecord.objects.filter(
        school=this.school,
        record_date=call.day,
        attendance_roll_call__code=call.session.value,
        student_id__in=[each.student for each in plan],
    )
    rows = marks.order_by("student_id").select_for_update(no_key=True, of=("self",))
    columns = ("student_id", "id", "attendance_mark__attendance_mark", "minutes_late")
    return {student: (record, Entry(mark, late)) for student, record, mark, late in rows.values_list(*columns)}


def _settled(this: Change, call: RollCall, plan: Iterable[PlannedEntry], now: Mapping[int, Entry]) -> Marked:
    """What is to be done with each, by what stands there now."""
    planned = list(plan)
    mine = in_register(this.school, call).filter(id__in=[each.student for each in planned])
    here = set(mine.values_list("id", flat=True))
    sorts: dict[str, list[int]] = {"entered": [], "changed": [], "moved": [], "already": [], "gone": []}
    for each in planned:
        sort = _sort(each, now.get(each.student, UNMARKED)) if each.student in here else "gone"
        sorts[sort].append(each.student)
    return Marked(**{sort: tuple(students) for sort, students in sorts.items()})


def _sort(each: PlannedEntry, now: Entry) -> str:
    if now == each.wanted:
        return "already"
    if now != each.seen:
        return "moved"
    return "entered" if now == UNMARKED else "changed"


def _check_reason(call: RollCall, marked: Marked, why: str, today: date) -> None:
    if marked.changed and call.day < today and not why:
        raise InvalidError("reason", "say why a mark of a day before today changes")


def _check_open(site: Site, call: RollCall) -> None:
    if call.session not in calendar_of(site).open_sessions(call.day):
        raise InvalidError("day", "the school is closed then: open the day in the school calendar first")


def _write(
    this: Change, call: RollCall, plan: Iterable[PlannedEntry], marked: Marked, locked: _Locked, why: str
) -> Marked:
    """Write it in one revision, and say what became of it: somebody may have marked a pupil just before."""
    wanted = _stored(this, {each.student: each.wanted for each in plan})
    (roll_call,) = AttendanceRollCall.objects.filter(school=this.school, code=call.session.value)
    revision = take_revision(this)
    take_register(why)
    new = {student: wanted[student] for student in sorted(marked.entered)}
    entered = enter_marks(this, call.day, roll_call.id, new, revision=revision)
    change_marks(this, {locked[student][0]: wanted[student] for student in marked.changed}, revision=revision)
    return marked if len(entered) == len(new) else _without(this, call, plan, marked, entered)


def _without(
    this: Change, call: RollCall, plan: Iterable[PlannedEntry], marked: Marked, entered: frozenset[int]
) -> Marked:
    """The same, less those whom somebody else has marked since they were found without a mark."""
    late = [each for each in plan if each.student in set(marked.entered) - entered]
    now = entries_of(this.school, call, (each.student for each in late))
    already = tuple(each.student for each in late if now.get(each.student) == each.wanted)
    moved = tuple(each.student for each in late if each.student not in already)
    return replace(
        marked,
        entered=tuple(student for student in marked.entered if student in entered),
        moved=marked.moved + moved,
        already=marked.already + already,
    )


def _stored(this: Change, wanted: Mapping[int, Entry]) -> dict[int, Written]:
    """The entries as they are stored: the school's own rows of its list of marks."""
    codes = {student: _code(entry) for student, entry in wanted.items()}
    marks = AttendanceMark.objects.filter(school=this.school, code__in=set(codes.values()))
    ids = dict(marks.values_list("code", "id"))
    if unknown := {student: _NOT_LISTED for student, code in codes.items() if code not in ids}:
        raise InvalidMarksError(unknown)
    return {student: Written(ids[codes[student]], entry.minutes) for student, entry in wanted.items()}


def _code(entry: Entry) -> str:
    return BY_MARK[entry.mark].code if entry.mark else ""


def _record(this: Change, site: Site, call: RollCall, form: str, marked: Marked) -> None:
    """One event, which names no pupil and no mark."""
    told: dict[str, Detail] = {
        "form": form,
        "day": call.day.isoformat(),
        "session": call.session.value,
        "entered": len(marked.entered),
        "changed": len(marked.changed),
        "left": len(marked.moved),
    }
    if marked.changed:
        this.record(EventName.REGISTER_CHANGED, site, **told)
    else:
        this.record(EventName.REGISTER_TAKEN, site, **told)
