"""A document that is sent, as returns/document.html shows it: tables by day, and the text itself."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from consentry.rules.attendance_codes import BY_MARK, Session
from consentry.rules.payload_forms import Format
from consentry.rules.sent_documents import Count, SentDay, SentSession, read_document
from consentry.web.sentences import counted, full_day

_HIDDEN = "hidden"
_LONGEST = 400_000
"""Letters of a document that a page shows; the whole of it can be downloaded."""


def shown_document(document: bytes, media_type: str) -> dict[str, Any]:
    """The context that returns/document.html names `document`."""
    days = read_document(document, media_type)
    text = _readable(document.decode(), media_type)
    return {
        "days": [_day(each) for each in reversed(days)],
        "raw": text[:_LONGEST],
        "is_cut": len(text) > _LONGEST,
        "kind": "JSON" if media_type == Format.JSON.media_type else "CSV",
        "size": counted(len(document), "byte"),
    }


def _readable(text: str, media_type: str) -> str:
    """With a line for each part, where it is sent on one."""
    return json.dumps(json.loads(text), indent=1) if media_type == Format.JSON.media_type else text


def _day(told: SentDay) -> dict[str, Any]:
    sessions = {each.session: each for each in told.sessions}
    return {
        "title": f"{told.day:%A} {full_day(told.day)}",
        "sentence": _sentence(told, sessions),
        "columns": ["Code", "What it stands for", *(each.value for each in sessions)],
        "codes": list(_codes(sessions)),
        "group_columns": ["Year group", "On roll", *(f"{each.value} marks" for each in sessions)],
        "groups": list(_groups(told, sessions)),
    }


def _sentence(told: SentDay, sessions: Mapping[Session, SentSession]) -> str:
    roll = f"{counted(told.on_roll, 'pupil')} on roll" if told.on_roll is not None else "Pupils on roll: hidden"
    if not sessions:
        return f"{roll}. The school was closed."
    said = ", ".join(f"{each.session.value}: {_total(each)}" for each in sessions.values())
    return f"{roll}. {said}."


def _total(session: SentSession) -> str:
    if not session.taken:
        return "no register taken"
    counts = list((session.by_code() or session.by_year_group()).values())
    told = sum(count or 0 for count in counts)
    return f"{counted(told, 'mark')}{' and hidden ones' if None in counts else ''}"


def _codes(sessions: Mapping[Session, SentSession]) -> Iterator[dict[str, Any]]:
    totals = {name: each.by_code() for name, each in sessions.items()}
    for code in _all(totals):
        words = BY_MARK[code].description if code in BY_MARK else ""
        yield {"code": code, "words": words, "counts": [_count(each, code, sessions[n]) for n, each in totals.items()]}


def _groups(told: SentDay, sessions: Mapping[Session, SentSession]) -> Iterator[dict[str, Any]]:
    totals = {name: each.by_year_group() for name, each in sessions.items()}
    for group in dict.fromkeys([*told.roll, *_all(totals)]):
        marks = [_count(each, group, sessions[name]) for name, each in totals.items()]
        yield {"name": group, "counts": [said_count(told.roll.get(group, 0)), *marks]}


def _all(totals: Mapping[Session, Mapping[str, Count]]) -> list[str]:
    return list(dict.fromkeys(name for each in totals.values() for name in each))


def _count(totals: Mapping[str, Count], name: str, session: SentSession) -> str:
    return said_count(totals.get(name, 0)) if session.taken else "not taken"


def said_count(count: Count) -> str:
    """A count as a table shows it."""
    return _HIDDEN if count is None else f"{count:,}"
