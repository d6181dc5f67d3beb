"""A school year of a school's calendar as a terminal shows it and as programs read it."""

from datetime import date
from typing import Any

from consentry.audit.reading import reading
from consentry.rules.calendar_year import bank_holidays, least_sessions, of_year, sessions_of_year
from consentry.rules.school_calendar import CalendarEntry, EntryKind, SchoolCalendar, school_year
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id


def calendar_shown(site: Site, day: date) -> dict[str, Any]:
    """The school year in which the day lies, for `json.dumps`; `least` is None where no law of the number is known."""
    with reading(school_id(site)):
        whole = calendar_of(site)
    calendar = of_year(whole, day)
    first, last = school_year(day)
    return {
        "site": site.slug,
        "name": site.name,
        "jurisdiction": site.law.value,
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "has_terms": calendar.has_terms(day),
        "sessions": sessions_of_year(calendar, day),
        "least": least_sessions(site.law, day),
        "entries": [_entry(each) for each in calendar.entries],
        "bank_holidays": [
            {"day": each.isoformat(), "name": name, "open": _open(calendar, each)}
            for each, name in bank_holidays(site.law, day)
        ],
    }


def _entry(entry: CalendarEntry) -> dict[str, str | None]:
    return {
        "kind": entry.kind.value,
        "first_day": entry.first_day.isoformat(),
        "last_day": entry.last_day.isoformat(),
        "session": entry.session.value if entry.session else None,
        "name": entry.name,
    }


def _open(calendar: SchoolCalendar, day: date) -> list[str]:
    return sorted(session.value for session in calendar.open_sessions(day))


def calendar_table(shown: dict[str, Any]) -> str:
    """The same in lines for people."""
    least = f" (at least {shown['least']} by law)" if shown["least"] else ""
    lines = [
        f"{shown['name']}, {shown['first_day']} to {shown['last_day']}: {shown['sessions']} sessions{least}",
        *(_line(each) for each in shown["entries"]),
        *(f"  {each['day']:<24} bank holiday  {each['name']}" for each in shown["bank_holidays"]),
    ]
    if not shown["has_terms"]:
        lines.append("No terms are entered: every working day counts as one of a term.")
    return "\n".join(lines)


def _line(entry: dict[str, str | None]) -> str:
    days = str(entry["first_day"])
    if entry["last_day"] != entry["first_day"]:
        days += f" to {entry['last_day']}"
    kind = EntryKind(str(entry["kind"])).value.replace("-", " ")
    said = " ".join(filter(None, (entry["session"], entry["name"])))
    return f"  {days:<24} {kind:<12}  {said}".rstrip()
