"""One register: its pupils with the mark of each, the codes of its day, and who took it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse

from consentry.records.queries.mark_history import Author, Taken
from consentry.records.queries.registers import PupilInRegister
from consentry.records.roll_call import Entry, Marked, RollCall
from consentry.rules.attendance_codes import (
    BY_MARK,
    REGULATIONS_2006,
    AttendanceCode,
    Session,
    StatisticalClass,
    codes_on,
)
from consentry.rules.school_calendar import SchoolCalendar
from consentry.web.forms.attendance.addresses import NO_FORM
from consentry.web.forms.attendance.register import Typed, seen_text, typed_of
from consentry.web.sentences import counted, joined, moment
from consentry.web.shown.attendance.words import CLASSES, SESSIONS, author_names, code_words, entry_words, full
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_NO_FORM = "Pupils in no form"


def shown_register(
    visit: Visit,
    call: RollCall,
    form: str,
    pupils: Sequence[PupilInRegister],
    taken: Taken | None,
    calendar: SchoolCalendar,
) -> dict[str, Any]:
    """The context that attendance/register.html names `register`, but for its rows and `sent_until`."""
    slug, session = visit.site.slug, SESSIONS[call.session].lower()
    unmarked = sum(each.entry.mark is None for each in pupils)
    return {
        "form": form or _NO_FORM,
        "session": SESSIONS[call.session],
        "day": full(call.day),
        "sessions": [
            {
                "label": words,
                "count": None,
                "note": "",
                "url": _address(slug, call, each),
                "current": each is call.session,
            }
            for each, words in SESSIONS.items()
        ],
        "back_url": with_query(reverse("registers", args=[slug]), {"day": call.day}),
        "previous_url": _address(slug, call, call.session, -1) if call.day > REGULATIONS_2006 else "",
        "next_url": _address(slug, call, call.session, 1) if call.day < visit.today else "",
        "standing": f"{counted(len(pupils), 'pupil')}, {len(pupils) - unmarked} marked",
        "taken": _taken(taken, visit),
        "is_past": call.day < visit.today,
        "closed": "" if call.session in calendar.open_sessions(call.day) else _closed(calendar, call, session),
    }


def _closed(calendar: SchoolCalendar, call: RollCall, session: str) -> str:
    why = calendar.closed_for(call.day)
    said = f" ({why})" if why else ""
    return f"The school is closed on this {session}{said}: marks that stand here can be changed, new ones not entered."


def _address(slug: str, call: RollCall, session: Session, days: int = 0) -> str:
    day = call.day + timedelta(days=days)
    return reverse("register", args=[slug, NO_FORM if call.form is None else call.form, day, session.value])


def _taken(taken: Taken | None, visit: Visit) -> list[dict[str, Any]]:
    """Who took it and who changed it last: rows of {label, name, when}."""
    if taken is None:
        return []
    names = author_names([taken.first, taken.last])

    def row(label: str, by: Author) -> dict[str, Any]:
        return {"label": label, "name": names[by], "when": moment(by.at, visit.at)}

    first = row("First marked", taken.first)
    return [first] if taken.first == taken.last else [first, row("Last changed", taken.last)]


def shown_rows(
    visit: Visit,
    call: RollCall,
    pupils: Sequence[PupilInRegister],
    typed: Mapping[int, Typed],
    reasons: Mapping[int, str],
) -> list[dict[str, Any]]:
    """A row for each pupil: what was typed, else what stands there."""
    usual = _groups(call)
    return [_row(visit, call, each, typed.get(each.id), reasons.get(each.id, ""), usual) for each in pupils]


Groups = list[dict[str, Any]]


def _row(
    visit: Visit, call: RollCall, pupil: PupilInRegister, typed: Typed | None, reason: str, usual: Groups
) -> dict[str, Any]:
    row = typed or typed_of(pupil.entry)
    seen = typed.seen if typed else pupil.entry
    page = reverse("register-pupil", args=[visit.site.slug, pupil.id])
    return {
        "id": pupil.id,
        "name": pupil.name,
        "url": with_query(page, {"day": call.day}),
        "seen": seen_text(seen),
        "mark": row.mark,
        "minutes": row.minutes,
        "is_marked": seen.mark is not None,
        "is_filled": row.is_filled,
        "groups": usual if _is_among(row.mark, usual) else [*usual, _other(row.mark)],
        "error": f"{reason[:1].upper()}{reason[1:]}." if reason else "",
    }


def _groups(call: RollCall) -> Groups:
    """The codes that may stand there, by how the statistics count them."""
    found: dict[StatisticalClass, list[AttendanceCode]] = {each: [] for each in StatisticalClass}
    for code in codes_on(call.day):
        if code.session in (None, call.session) and code.statistical is not StatisticalClass.ADMINISTRATIVE:
            found[code.statistical].append(code)
    return [
        {"label": CLASSES[each], "options": [{"value": code.mark, "label": code_words(code)} for code in codes]}
        for each, codes in found.items()
        if codes
    ]


def _is_among(mark: str, groups: Groups) -> bool:
    return not mark or any(option["value"] == mark for group in groups for option in group["options"])


def _other(mark: str) -> dict[str, Any]:
    """What stands there and is no longer chosen: an administrative code, or one of another day."""
    label = code_words(BY_MARK[mark]) if mark in BY_MARK else mark
    return {"label": "Stands there now", "options": [{"value": mark, "label": label}]}


def said_marked(marked: Marked, pupils: Mapping[int, str], now: Mapping[int, Entry]) -> str:
    """What a person is told afterwards; `pupils` are names and `now` what stands there, by id."""
    done = [
        counted(len(marked.entered), "mark") + " entered" if marked.entered else "",
        counted(len(marked.changed), "mark") + " changed" if marked.changed else "",
    ]
    said = [f"{joined([each for each in done if each])}." if marked.is_done else "Nothing was changed."]
    if marked.moved:
        named = [
            f"{pupils.get(each, 'a pupil')} (now {entry_words(now[each])})" for each in marked.moved if each in now
        ]
        said.append(f"Somebody else marked meanwhile, and this was left alone: {joined(named or ['a pupil'])}.")
    if marked.gone:
        said.append(f"{counted(len(marked.gone), 'pupil')} not in this form on this day any more.")
    return " ".join(said)
