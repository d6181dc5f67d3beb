"""Attendance: the marks there are, the roll calls of a day, and the mark of each pupil at each roll call."""

from typing import Any

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.base import Record
from consentry.records.models.code_list import CodeList
from consentry.records.models.constraints import one_per_school


def _flag(verbose_name: str) -> Any:
    return models.BooleanField(default=False, db_default=False, verbose_name=verbose_name)


class AttendanceMark(CodeList):
    """A code that stands in an attendance register, and how the law and the statistics count it."""

    data_type = Declared(addressed_by="code", display=("markDescription|code",))

    attendance_mark = models.TextField(null=True)
    mark_index = models.IntegerField(null=True)
    mark_description = models.TextField(null=True)
    mark_short_description = models.TextField(null=True)
    is_legal_present = _flag("counts as present in law")
    is_legal_approved_educational_activity = _flag("counts as approved educational activity in law")
    is_legal_not_required = _flag("counts as not required in law")
    is_legal_absent = _flag("counts as absent in law")
    is_statistical_present = _flag("counts as present in statistics")
    is_statistical_authorized_absent = _flag("counts as authorised absence in statistics")
    is_statistical_unauthorized_absent = _flag("counts as unauthorised absence in statistics")
    is_statistical_approved_educational_activity = _flag("counts as approved educational activity in statistics")
    is_statistical_possible_attendance = _flag("counts as a possible attendance in statistics")
    is_default_present = _flag("is the usual mark for present")
    is_default_late = _flag("is the usual mark for late")
    is_default_late_after_register_closed = _flag("is the usual mark for late after the register closed")
    is_default_absent = _flag("is the usual mark for absent")
    is_physical_present = _flag("is in school")
    is_physical_late = _flag("came late")
    is_physical_absent = _flag("is not in school")
    is_physical_not_required = _flag("need not be in school")
    is_presumed_absent = _flag("is presumed absent")
    is_excluded = _flag("is excluded")
    show_in_register = _flag("can be chosen in a register")

    class Meta(CodeList.Meta):
        verbose_name = "attendance mark"
        verbose_name_plural = "attendance marks"


class AttendanceRollCall(CodeList):
    """A time of day at which the roll is called: morning or afternoon."""

    data_type = Declared(addressed_by="code", display=("name|shortName|code",))

    name = models.TextField(null=True)
    short_name = models.TextField(null=True)
    auto_fill_class = models.TextField(null=True)

    class Meta(CodeList.Meta):
        verbose_name = "roll call"
        verbose_name_plural = "roll calls"


class AttendanceRollCallRecord(Record):
    """The mark of one pupil at one roll call of one day.

    The largest table (380 rows a pupil a year): its natural key serves the pupil, one more index serves the day.
    Its mark is special-category data: I and M tell of health, R of religion, and a filter finds them for every pupil.
    """

    data_type = Declared(special=frozenset({"attendanceMark"}))

    attendance_roll_call = Reference("AttendanceRollCall", index=False)
    record_date = models.DateField()
    student = Reference("Student", index=False)
    attendance_mark = Reference("AttendanceMark", index=False)
    minutes_late = models.SmallIntegerField(null=True)
    validation_error = models.TextField(null=True)
    source = models.TextField(null=True)

    class Meta:
        verbose_name = "roll-call record"
        verbose_name_plural = "roll-call records"
        constraints = [
            one_per_school("student_id", "record_date", "attendance_roll_call_id", name="once"),
            models.CheckConstraint(condition=models.Q(minutes_late__gte=0), name="minutes_late_not_negative"),
        ]
        indexes = [models.Index("school", "record_date", name="roll_call_records_of_day")]
