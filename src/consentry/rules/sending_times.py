"""Until when a change to a mark is still sent, and which changes came too late for any sending."""

from dataclasses import dataclass
from datetime import date, datetime

from consentry.rules.jurisdictions import is_working_day
from consentry.rules.return_runs import Schedule
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.sending_window import Window


@dataclass(frozen=True, slots=True)
class Sending:
    """How a school's return is sent: when, about which days, and by what calendar. `school` is the site's number."""

    schedule: Schedule
    window: Window
    calendar: SchoolCalendar
    school: int


def sent_until(day: date, sending: Sending) -> datetime | None:
    """When the last sending that tells of this day begins; None where none does.

    That is the last run on the last working day whose window holds the day. What changes later is never sent.
    """
    calendar = sending.calendar
    runs = [
        sending.schedule.last_of(today, sending.school)
        for today in sending.window.days_that_look_back_to(day, calendar)
        if is_working_day(today, calendar.jurisdiction)
    ]
    return runs[-1] if runs else None
