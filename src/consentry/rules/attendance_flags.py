"""The yes-or-no properties of an attendance code, named as the data type AttendanceMark names them.

The legal and statistical flags follow a code's class (a code with no possible attendance counts nowhere); the
physical ones say where the pupil is; the default ones mark the codes that a register offers first.
"""

from typing import Final

from consentry.rules.attendance_codes import AttendanceCode, StatisticalClass

_PRESENT_MARKS: Final = frozenset({"/", "\\"})


def attendance_flags(code: AttendanceCode) -> dict[str, bool]:
    """The flags of `code`, by their names on AttendanceMark in snake case."""
    kind, mark = code.statistical, code.mark
    attending = kind is StatisticalClass.ATTENDING
    activity = kind is StatisticalClass.APPROVED_ACTIVITY
    authorised = kind is StatisticalClass.AUTHORISED
    unauthorised = kind is StatisticalClass.UNAUTHORISED
    absent = authorised or unauthorised
    possible = attending or activity or absent
    late_after_closed = mark == "U"
    return {
        "is_legal_present": attending,
        "is_legal_approved_educational_activity": activity,
        "is_legal_not_required": not possible,
        "is_legal_absent": absent,
        "is_statistical_present": attending,
        "is_statistical_authorized_absent": authorised,
        "is_statistical_unauthorized_absent": unauthorised,
        "is_statistical_approved_educational_activity": activity,
        "is_statistical_possible_attendance": possible,
        "is_default_present": mark in _PRESENT_MARKS,
        "is_default_late": mark == "L",
        "is_default_late_after_register_closed": late_after_closed,
        "is_default_absent": mark == "N",
        "is_physical_present": attending or late_after_closed,
        "is_physical_late": mark == "L" or late_after_closed,
        "is_physical_absent": activity or (absent and not late_after_closed),
        "is_physical_not_required": not possible,
        "is_presumed_absent": mark == "N",
        "is_excluded": mark == "E",
        "show_in_register": code.valid_to is None and kind is not StatisticalClass.ADMINISTRATIVE,
    }
