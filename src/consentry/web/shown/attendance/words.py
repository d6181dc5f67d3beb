"""Marks, sessions, days and authors of registers in words."""

from collections.abc import Iterable
from datetime import date

from consentry.audit.actor import ActorKind
from consentry.partners.queries.apps import names_of_apps
from consentry.people.queries.accounts import names_of
from consentry.records.queries.mark_history import Author
from consentry.records.roll_call import Entry
from consentry.rules.attendance_codes import BY_MARK, AttendanceCode, Session, StatisticalClass

SESSIONS = {Session.AM: "Morning", Session.PM: "Afternoon"}
CLASSES = {
    StatisticalClass.ATTENDING: "Present",
    StatisticalClass.APPROVED_ACTIVITY: "Approved educational activity",
    StatisticalClass.AUTHORISED: "Authorised absence",
    StatisticalClass.UNAUTHORISED: "Unauthorised absence",
    StatisticalClass.NOT_POSSIBLE: "Not a possible session",
    StatisticalClass.ADMINISTRATIVE: "Administrative",
}
_OTHERS = {ActorKind.OPERATOR: "The operator (an import)", ActorKind.SYSTEM: "Consentry", ActorKind.APP: "An app"}


def full(day: date) -> str:
    """A day as in "Monday 3 November 2025"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def code_words(code: AttendanceCode) -> str:
    """A code as it is chosen: its mark first, so that a key on the keyboard finds it."""
    return f"{code.mark} {code.description}"


def entry_words(entry: Entry) -> str:
    """What stands in a register: "L Late, before the register closed, 7 minutes"; "No mark"."""
    if entry.mark is None:
        return "No mark"
    said = code_words(BY_MARK[entry.mark]) if entry.mark in BY_MARK else entry.mark
    if entry.minutes is None:
        return said
    return f"{said}, {entry.minutes} minute{'' if entry.minutes == 1 else 's'}"


def author_names(authors: Iterable[Author]) -> dict[Author, str]:
    """What these are called. Two queries at most."""
    found = set(authors)
    users = names_of(_ids(found, ActorKind.USER))
    apps = names_of_apps(_ids(found, ActorKind.APP))
    named = {ActorKind.USER: users, ActorKind.APP: apps}
    return {each: named.get(ActorKind(each.kind), {}).get(each.id or 0) or _other(each) for each in found}


def _ids(authors: Iterable[Author], kind: ActorKind) -> list[int]:
    return [each.id for each in authors if each.kind == kind and each.id is not None]


def _other(author: Author) -> str:
    return _OTHERS.get(ActorKind(author.kind), "Somebody")
