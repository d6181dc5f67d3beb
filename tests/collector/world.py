"""What a small school sends, in the shapes of a submission."""

from collections.abc import Iterator, Mapping
from typing import Any

URN = "123456"
TUESDAY, WEDNESDAY = "2026-11-17", "2026-11-18"
ROLL = {"R": 30, "1": 28, "2": 27}


def a_submission(*dates: str, urn: str = URN) -> dict[str, Any]:
    """A submission of these days, each with both sessions taken."""
    days = [a_day(each) for each in dates or (TUESDAY, WEDNESDAY)]
    return {"urn": urn, "year_groups": list(ROLL), "days": days}


def a_day(date: str) -> dict[str, Any]:
    """A day with both sessions taken."""
    roll = {"total": sum(ROLL.values()), "by_year_group": dict(ROLL)}
    return {"date": date, "roll": roll, "sessions": [a_session("AM", "/"), a_session("PM", "\\")]}


def a_session(name: str, present: str) -> dict[str, Any]:
    """Two of each year group ill, the others present."""
    counts = {group: (count - 2, 2) for group, count in ROLL.items()}
    marks = [
        {"year_group": group, "code": code, "count": count}
        for group, both in counts.items()
        for code, count in zip((present, "I"), both, strict=True)
    ]
    return {"session": name, "taken": True, "marks": marks}


def totals_of(session: Mapping[str, Any]) -> dict[str, Any]:
    """The session in totals of codes and of year groups."""
    sums: dict[str, dict[str, int]] = {"code": {}, "year_group": {}}
    for mark in session["marks"]:
        for kind, counts in sums.items():
            counts[mark[kind]] = counts.get(mark[kind], 0) + mark["count"]
    told = {f"by_{kind}": [{kind: name, "count": n} for name, n in counts.items()] for kind, counts in sums.items()}
    return {"session": session["session"], "taken": session["taken"], **told}


def as_csv(submission: Mapping[str, Any]) -> str:
    """The submission as lines of a local authority's CSV."""
    return "\r\n".join(["urn,date,session,year_group,code,count", *_lines(submission), ""])


def _lines(submission: Mapping[str, Any]) -> Iterator[str]:
    for day in submission["days"]:
        on = f"{submission['urn']},{day['date']}"
        for group, count in day["roll"]["by_year_group"].items():
            yield f"{on},ROLL,{group},,{_told(count)}"
        for session in day["sessions"]:
            if not session["taken"]:
                yield f"{on},{session['session']},,,not taken"
            for kind in ("marks", "by_code", "by_year_group"):
                for each in session.get(kind, ()):
                    named = f"{each.get('year_group', '')},{each.get('code', '')}"
                    yield f"{on},{session['session']},{named},{_told(each['count'])}"


def _told(count: int | None) -> str:
    return "suppressed" if count is None else str(count)
