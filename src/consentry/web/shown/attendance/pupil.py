"""The marks of one pupil over four weeks, and what was changed of them: by whom, when and why."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from consentry.records.queries.mark_history import ToldChange
from consentry.records.roll_call import UNMARKED, Entry
from consentry.rules.attendance_codes import Session
from consentry.rules.school_calendar import SchoolCalendar
from consentry.web.sentences import day as short_day
from consentry.web.sentences import moment
from consentry.web.shown.attendance.words import SESSIONS, author_names, entry_words, full
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

WEEKS = 4

Entries = Mapping[tuple[date, str], Entry]


def first_of(last: date) -> date:
    """The first of the days that end with this one."""
    return last - timedelta(weeks=WEEKS) + timedelta(days=1)


def shown_pupil(
    visit: Visit, student: int, last: date, entries: Entries, changes: Sequence[ToldChange], calendar: SchoolCalendar
) -> dict[str, Any]:
    """The context that attendance/pupil.html names `pupil`, but for the name."""
    slug, first = visit.site.slug, first_of(last)
    here, list_url = reverse("register-pupil", args=[slug, student]), reverse("registers", args=[slug])
    later = min(last + timedelta(weeks=WEEKS), visit.today)
    days = [last - timedelta(days=number) for number in range((last - first).days + 1)]
    return {
        "period": f"{short_day(first)} to {short_day(last)} {last.year}",
        "rows": [
            _day(list_url, day, entries, calendar)
            for day in days
            if calendar.is_open(day) or any((day, each.value) in entries for each in Session)
        ],
        "changes": _changes(visit, changes),
        "earlier_url": with_query(here, {"day": first - timedelta(days=1)}),
        "later_url": with_query(here, {"day": later}) if later > last else "",
        "back_url": with_query(list_url, {"day": last}),
    }


def _day(list_url: str, day: date, entries: Entries, calendar: SchoolCalendar) -> dict[str, Any]:
    held = calendar.open_sessions(day)
    return {
        "text": full(day),
        "url": with_query(list_url, {"day": day}),
        "sessions": [
            _session(SESSIONS[each], entries.get((day, each.value), UNMARKED), is_open=each in held) for each in Session
        ],
    }


def _session(label: str, entry: Entry, *, is_open: bool) -> dict[str, Any]:
    is_closed = entry == UNMARKED and not is_open
    return {"label": label, "text": "Closed" if is_closed else entry_words(entry), "is_marked": entry.mark is not None}


def _changes(visit: Visit, changes: Sequence[ToldChange]) -> list[dict[str, Any]]:
    names = author_names(each.by for each in changes)
    return [
        {
            "when": moment(each.by.at, visit.at),
            "who": names[each.by],
            "of": f"{full(each.day)}, {_session_words(each.session)}",
            "before": entry_words(each.before),
            "after": entry_words(each.after),
            "reason": each.reason,
        }
        for each in changes
    ]


def _session_words(code: str) -> str:
    """The session in words; a roll call of a school's own is called by its code."""
    return SESSIONS[Session(code)].lower() if code in {each.value for each in Session} else code
