"""A school year: what stands in it, how many sessions are held, what is lacking, and where one goes from there."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from consentry.rules.attendance_codes import Session
from consentry.rules.calendar_faults import EARLIEST, LATEST
from consentry.rules.calendar_year import bank_holidays, has_term_soon, least_sessions, of_year, sessions_of_year
from consentry.rules.pages import Page
from consentry.rules.school_calendar import BOTH, NONE, CalendarEntry, EntryKind, SchoolCalendar, school_year
from consentry.web.sentences import counted, full_day
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.calendar.picture import legend, shown_months
from consentry.web.visit import Visit

Numbered = tuple[int, CalendarEntry]
"""An entry with the number by which its page is found."""

_WITHOUT_TERMS = "Until they are, every working day counts as a day of school: a register is expected on each of them."
_SESSIONS = {None: "Both", Session.AM: "Morning only", Session.PM: "Afternoon only"}
_OPEN = {
    NONE: "Closed",
    BOTH: "Open: both sessions",
    frozenset({Session.AM}): "Open: the morning only",
    frozenset({Session.PM}): "Open: the afternoon only",
}


def shown_year(visit: Visit, entries: Sequence[Numbered], day: date) -> dict[str, Any]:
    """The context that the template names `calendar`, of the school year in which the day lies."""
    slug, may = visit.site.slug, visit.may(Page.CALENDAR)
    whole = SchoolCalendar(visit.site.law, tuple(entry for _, entry in entries))
    calendar = of_year(whole, day)
    months = shown_months(calendar, day, visit.today)
    files = (reverse("calendar-file", args=[slug, kind]) for kind in ("csv", "xlsx"))
    return {
        "name": _name(day),
        "where": visit.site.law.label,
        "sentence": _sentence(calendar, day),
        "warnings": _warnings(whole, day, visit.today),
        "months": months,
        "legend": legend(months),
        "holds_today": school_year(day) == school_year(visit.today),
        "previous": _beside(slug, school_year(day)[0] - timedelta(days=1)),
        "next": _beside(slug, school_year(day)[1] + timedelta(days=1)),
        "rows": [_row(slug, calendar, each, may=may) for each in entries if each[1] in calendar.entries],
        "bank_holidays": [_bank_holiday(slug, calendar, each, may=may) for each in bank_holidays(visit.site.law, day)],
        "columns": _columns("What it is", "Name", "Days", "Sessions", "Sessions held"),
        "bank_holiday_columns": _columns("Day", "Bank holiday", "The school is", "" if not may else "Change"),
        "add_url": reverse("calendar-add", args=[slug]) if may else "",
        "import_url": reverse("calendar-import", args=[slug]) if may else "",
        "lacks": "" if may else visit.lacks(Page.CALENDAR),
        "downloads": downloads("All entries", *files),
    }


def address_of_year(slug: str, day: date | None) -> str:
    """The page of the school year in which the day lies; of today's without one, and for one that no calendar holds."""
    here = reverse("calendar", args=[slug])
    if day is None or not EARLIEST <= day <= LATEST:
        return here
    return f"{here}?{urlencode({'year': school_year(day)[0].year})}"


def _name(day: date) -> str:
    first, last = school_year(day)
    return f"{first.year}/{last.year % 100:02}"


def _beside(slug: str, day: date) -> dict[str, str] | None:
    """The school year before or after, of those that can be asked for."""
    first = school_year(day)[0]
    if not EARLIEST <= first <= LATEST:
        return None
    return {"label": _name(day), "url": address_of_year(slug, day)}


def _sentence(calendar: SchoolCalendar, day: date) -> str:
    held = f"The school year {_name(day)} has {counted(sessions_of_year(calendar, day), 'session')}"
    least = least_sessions(calendar.jurisdiction, day)
    if least is None:
        return f"{held}."
    return f"{held}; maintained schools in {calendar.jurisdiction.label} hold at least {least}."


def _warnings(whole: SchoolCalendar, day: date, today: date) -> list[dict[str, str]]:
    """What is lacking: the terms of the year that is shown, else one for the next six weeks; too few sessions."""
    if not whole.has_terms(day):
        title = f"No terms are entered for the school year {_name(day)}"
        return [{"title": title, "text": _WITHOUT_TERMS}]
    if not has_term_soon(whole, today):
        title = "No term is entered for the next six weeks"
        return [{"title": title, "text": "Enter the next term before it begins, and the closures in it."}]
    return _too_few(whole, day)


def _too_few(whole: SchoolCalendar, day: date) -> list[dict[str, str]]:
    least, held = least_sessions(whole.jurisdiction, day), sessions_of_year(whole, day)
    if least is None or held >= least:
        return []
    title = f"{counted(least - held, 'session')} fewer than a maintained school holds"
    text = "Is a term missing, or a closure entered for too long? An academy sets its own number."
    return [{"title": title, "text": text}]


def _row(slug: str, calendar: SchoolCalendar, numbered: Numbered, *, may: bool) -> dict[str, Any]:
    number, entry = numbered
    kind = entry.kind.label if entry.kind is not EntryKind.OPEN else "Open all the same"
    return {
        "kind": kind,
        "name": entry.name,
        "days": _days(entry),
        "label": ", ".join(filter(None, (kind, entry.name, _days(entry)))),
        "sessions": _SESSIONS[entry.session],
        "held": _held(calendar, entry),
        "url": reverse("calendar-entry", args=[slug, number]) if may else "",
    }


def _held(calendar: SchoolCalendar, entry: CalendarEntry) -> int:
    """How many sessions are held on its days, as far as they lie in the year that is shown."""
    days = (entry.last_day - entry.first_day).days + 1
    return sum(len(calendar.open_sessions(entry.first_day + timedelta(days=after))) for after in range(days))


def _days(entry: CalendarEntry) -> str:
    first, last = _weekday(entry.first_day), _weekday(entry.last_day)
    return first if entry.first_day == entry.last_day else f"{first} to {last}"


def _weekday(day: date) -> str:
    return f"{day:%a} {full_day(day)}"


def _bank_holiday(slug: str, calendar: SchoolCalendar, holiday: tuple[date, str], *, may: bool) -> dict[str, str]:
    day, name = holiday
    held = calendar.open_sessions(day)
    can_open = may and held == NONE and calendar.in_term(day)
    asked = urlencode({"kind": EntryKind.OPEN.value, "day": day.isoformat()})
    return {
        "day": _weekday(day),
        "name": name,
        "state": _OPEN[held],
        "tone": "good" if held != NONE else "neutral",
        "open_url": f"{reverse('calendar-add', args=[slug])}?{asked}" if can_open else "",
    }


def _columns(*labels: str) -> list[dict[str, str]]:
    return [{"label": label, "kind": "number" if label == "Sessions held" else ""} for label in labels if label]
