"""The picture of a school year: twelve months, in which each day's state is a colour, a shape and a letter."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from consentry.rules.calendar_year import DayState, days_of_year, state_of
from consentry.rules.jurisdictions import bank_holiday
from consentry.rules.school_calendar import SchoolCalendar
from consentry.web.sentences import full_day

_MARKS = {
    DayState.OPEN: ("", "Open: both sessions"),
    DayState.MORNING: ("am", "Open: the morning only"),
    DayState.AFTERNOON: ("pm", "Open: the afternoon only"),
    DayState.CLOSED: ("C", "Closed on a day of term"),
    DayState.HALF_TERM: ("H", "Half term"),
    DayState.BANK_HOLIDAY: ("B", "Bank holiday"),
    DayState.HOLIDAY: ("", "Outside the terms"),
    DayState.WEEKEND: ("", "Weekend"),
}
"""The letter that stands in the picture, and the words of the legend."""

_QUIET = {DayState.OPEN, DayState.HOLIDAY, DayState.WEEKEND}


def shown_months(calendar: SchoolCalendar, day: date, today: date) -> list[dict[str, Any]]:
    """The twelve months of the school year of the day; `column` is the weekday of its first, from 1."""
    by_month = groupby(days_of_year(day), key=lambda each: (each.year, each.month))
    return [_month(calendar, list(days), today) for _, days in by_month]


def _month(calendar: SchoolCalendar, days: list[date], today: date) -> dict[str, Any]:
    return {
        "name": f"{days[0]:%B %Y}",
        "column": days[0].isoweekday(),
        "days": [_day(calendar, each, is_today=each == today) for each in days],
    }


def _day(calendar: SchoolCalendar, day: date, *, is_today: bool) -> dict[str, Any]:
    state = state_of(calendar, day)
    mark, words = _MARKS[state]
    why = "" if state in {DayState.HOLIDAY, DayState.WEEKEND} else _why(calendar, day, state)
    return {
        "number": day.day,
        "state": state.value,
        "mark": mark,
        "title": f"{day:%A} {full_day(day)}. {words}{': ' if why else ''}{why}",
        "is_today": is_today,
    }


def _why(calendar: SchoolCalendar, day: date, state: DayState) -> str:
    """What the day is called: a bank holiday by its own name, else as the school has named it."""
    named = bank_holiday(day, calendar.jurisdiction) if state in {DayState.BANK_HOLIDAY, DayState.OPEN} else None
    return named or ("" if state in _QUIET else calendar.closed_for(day))


def legend(months: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """What the signs of the picture mean, of those that occur in it."""
    there = {day["state"] for month in months for day in month["days"]}
    return [
        {"state": state.value, "mark": mark, "words": words}
        for state, (mark, words) in _MARKS.items()
        if state.value in there
    ]
