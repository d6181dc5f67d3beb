"""Attendance by day and session with what was sent: a picture, a sentence, and a table (components/chart.html)."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

from django.template.loader import render_to_string

from consentry.rules.attendance_codes import Session
from consentry.rules.attendance_rates import Attendance
from consentry.rules.attendance_received import SessionReceived
from consentry.web.sentences import counted, day, joined

_STEP, _BAR, _HEIGHT, _MARKER = 28, 11, 96, 5
_NAMES: Final = {Session.AM: "mornings", Session.PM: "afternoons"}


def received_chart(collector: str, found: Sequence[SessionReceived]) -> dict[str, Any]:
    """The attendance of the last weeks as the collector has it; without a picture where it has nothing."""
    title = "Attendance by day and session, as it was received"
    if not any(each.sent for each in found):
        sentence = f"{collector} has received nothing of the last four weeks."
        return {"title": title, "sentence": sentence, "svg": "", "columns": [], "rows": []}
    return {
        "title": title,
        "sentence": _sentence(found),
        "svg": _picture(found),
        "columns": ["Day", "Session", "Attendance as received", "In the register now", "Same?"],
        "rows": [_row(each) for each in reversed(found)],
    }


def _sentence(found: Sequence[SessionReceived]) -> str:
    said = [
        f"{_percent(_overall(found, session))} in the {name}"
        for session, name in _NAMES.items()
        if _overall(found, session) is not None
    ]
    first = f"Of the last four weeks: {joined(said)}." if said else "No register of the last four weeks was taken."
    missing, other = sum(each.sent is None for each in found), sum(each.differs for each in found)
    more = [
        f"{counted(missing, 'session was', 'sessions were')} never received (outlined)." if missing else "",
        f"Of {counted(other, 'session')} the register says otherwise by now (marked on top)." if other else "",
    ]
    return " ".join([first, "The left bar of a day is the morning.", *(each for each in more if each)])


def _overall(found: Sequence[SessionReceived], session: Session) -> Fraction | None:
    known = [each.sent_attendance for each in found if each.session is session and each.sent_attendance]
    possible = sum(each.possible for each in known)
    return Fraction(sum(each.attended for each in known), possible) if possible else None


def _percent(rate: Fraction | None) -> str:
    return "" if rate is None else f"{float(rate * 100):.1f} %"


def _row(each: SessionReceived) -> list[str]:
    return [day(each.day), each.session.value, _as_received(each), _told(each.now, "No register"), _same(each)]


def _as_received(each: SessionReceived) -> str:
    if each.sent is None:
        return "Never received"
    if not each.sent.taken:
        return "No register"
    return "Small numbers are hidden" if each.sent_attendance is None else _told(each.sent_attendance, "")


def _told(attendance: Attendance | None, none: str) -> str:
    if attendance is None:
        return none
    return _percent(attendance.rate) if attendance.possible else "No possible session"


def _same(each: SessionReceived) -> str:
    if each.sent is None:
        return ""
    return "The register says otherwise by now" if each.differs else "Yes"


def _picture(found: Sequence[SessionReceived]) -> str:
    days = [list(sessions) for _, sessions in groupby(found, key=lambda each: each.day)]
    return render_to_string(
        "returns/bars.html",
        {
            "bars": [_bar(each, place) for place, sessions in enumerate(days) for each in sessions],
            "width": _STEP * len(days),
            "height": _HEIGHT,
            "first": day(days[0][0].day),
            "last": day(days[-1][0].day),
        },
    )


def _bar(each: SessionReceived, place: int) -> dict[str, Any]:
    rate = each.sent_attendance.rate if each.sent_attendance else None
    height = round(_HEIGHT * float(rate)) if rate is not None else 0
    is_afternoon = each.session is Session.PM
    x = place * _STEP + (_BAR + 1 if is_afternoon else 0)
    return {
        "x": x,
        "y": _HEIGHT - height,
        "width": _BAR,
        "height": height,
        "is_afternoon": is_afternoon,
        "is_missing": each.sent is None,
        "differs": each.differs,
        "marker": _MARKER,
    }
