"""The registers of a day: which are taken, which are not, and when the school is closed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from consentry.records.queries.pupils_of_day import PupilOfDay, in_forms
from consentry.records.queries.registers import FormOfDay
from consentry.records.roll_call import UNMARKED, Entry
from consentry.rules.attendance_codes import REGULATIONS_2006, Session
from consentry.rules.school_calendar import SchoolCalendar
from consentry.web.downloads.table import Cell
from consentry.web.forms.attendance.addresses import NO_FORM
from consentry.web.sentences import counted, joined
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.attendance.words import SESSIONS, entry_words, full
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_NO_FORM = "Pupils in no form"
MOST_PUPILS = 20
"""Pupils that a search shows."""


def shown_day(
    visit: Visit, day: date, q: str, forms: Sequence[FormOfDay], pupils: Sequence[PupilOfDay], calendar: SchoolCalendar
) -> dict[str, Any]:
    """The context that attendance/day.html names `registers`, but for `sent_until`."""
    here = reverse("registers", args=[visit.site.slug])
    found = [each for each in forms if _matches(each, q)]
    files = (
        with_query(reverse("registers-file", args=[visit.site.slug, kind]), {"day": day}) for kind in ("csv", "xlsx")
    )
    return {
        **_days(here, day, visit.today, q),
        "search": {
            "action": here,
            "q": q,
            "hidden": [{"name": "day", "value": day.isoformat()}],
            "filters": [],
            "active": bool(q),
            "clear_url": with_query(here, {"day": day}),
        },
        "rows": [_row(visit.site.slug, each, day, calendar) for each in found],
        "pupils": [_pupil(visit.site.slug, each, day) for each in pupils[:MOST_PUPILS]],
        "more_pupils": max(0, len(pupils) - MOST_PUPILS),
        "taken": _taken(forms, calendar.open_sessions(day)),
        "closed": _closed(calendar, day),
        "downloads": downloads("All registers of the day", *files),
    }


def _taken(forms: Sequence[FormOfDay], held: frozenset[Session]) -> str:
    """How many of the registers are taken that are to be taken, or are begun although the school is closed."""
    due = [
        (each.marked[session], each.pupils)
        for each in forms
        for session in Session
        if session in held or each.marked[session]
    ]
    taken = sum(marked == pupils for marked, pupils in due)
    return f"{taken} of {counted(len(due), 'register')} taken" if due else ""


def _days(here: str, day: date, today: date, q: str) -> dict[str, Any]:
    def address(other: date) -> str:
        return with_query(here, {"day": other, "q": q})

    return {
        "day": {"text": full(day), "value": day.isoformat(), "latest": today.isoformat()},
        "previous_url": address(day - timedelta(days=1)) if day > REGULATIONS_2006 else "",
        "next_url": address(day + timedelta(days=1)) if day < today else "",
        "today_url": address(today) if day != today else "",
        "action": here,
    }


def _matches(form: FormOfDay, q: str) -> bool:
    name = (form.name or _NO_FORM).casefold()
    return all(word in name for word in q.casefold().split())


def _row(slug: str, form: FormOfDay, day: date, calendar: SchoolCalendar) -> dict[str, Any]:
    held = calendar.open_sessions(day)
    return {
        "name": form.name or _NO_FORM,
        "pupils": form.pupils,
        "sessions": [_session(slug, form, day, session, is_open=session in held) for session in Session],
    }


def _session(slug: str, form: FormOfDay, day: date, session: Session, *, is_open: bool) -> dict[str, str]:
    marked = form.marked[session]
    label, tone = _state(marked, form.pupils, is_open=is_open)
    may_be_opened = is_open or marked
    return {
        "label": SESSIONS[session],
        "state": label,
        "tone": tone,
        "url": reverse("register", args=[slug, form.id or NO_FORM, day, session.value]) if may_be_opened else "",
        "act": f"{form.name or _NO_FORM}, {SESSIONS[session].lower()}",
    }


def _state(marked: int, pupils: int, *, is_open: bool) -> tuple[str, str]:
    if marked == pupils:
        return "Taken", "good"
    if marked:
        return f"{marked} of {pupils} marked", "warning"
    return ("Not taken", "notice") if is_open else ("Closed", "neutral")


def _closed(calendar: SchoolCalendar, day: date) -> str:
    """When the school is closed on the day, and what it says of that; "" where it is open all day."""
    closed = [SESSIONS[session].lower() for session in Session if session not in calendar.open_sessions(day)]
    if not closed:
        return ""
    when = "all day" if len(closed) == len(Session) else f"in the {joined(closed)}"
    why = calendar.closed_for(day)
    return f"The school is closed {when}{f': {why}' if why else ''}. New marks are not entered then."


def _pupil(slug: str, pupil: PupilOfDay, day: date) -> dict[str, str]:
    return {
        "name": name_of(pupil),
        "form": ", ".join(name for _, name in pupil.forms) or _NO_FORM,
        "url": with_query(reverse("register-pupil", args=[slug, pupil.id]), {"day": day}),
    }


def name_of(pupil: PupilOfDay) -> str:
    """As registers call them: "Ng, Ada"."""
    return ", ".join(part for part in (pupil.last_name, pupil.first_name) if part) or f"Pupil {pupil.id}"


def day_table(
    day: date, pupils: Iterable[PupilOfDay], entries: dict[tuple[int, str], Entry]
) -> Iterator[tuple[Cell, ...]]:
    """All registers of the day as a file: a line for each pupil in each of their forms."""
    halves = [(f"{words} mark", f"{words} in words", f"{words}: minutes late") for words in SESSIONS.values()]
    yield ("Day", "Form", "Surname", "First name", *(title for half in halves for title in half))
    for form, each in in_forms(pupils):
        cells: list[Cell] = []
        for session in Session:
            entry = entries.get((each.id, session.value), UNMARKED)
            cells += [entry.mark or "", entry_words(Entry(entry.mark)), "" if entry.minutes is None else entry.minutes]
        yield (day.isoformat(), form, each.last_name, each.first_name, *cells)
