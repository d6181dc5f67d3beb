"""What a collector asks of a school, in plain words: the words follow its scope."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from consentry.returns.models import Collector
from consentry.rules.collectors import LegalBasis, Scope
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.return_runs import KINGDOM, Schedule
from consentry.rules.school_calendar import SchoolCalendar
from consentry.web.sentences import counted, day, joined


def shown_collector(collector: Collector, days: Sequence[date], calendar: SchoolCalendar) -> dict[str, Any]:
    """The context that returns/about.html names `about`. `days` is the window of today."""
    return {
        "purpose": collector.purpose,
        "facts": [
            _fact("Goes to", collector.recipient),
            _fact("What for", collector.purpose),
            _fact("On which ground", _ground(collector)),
            _fact("How often", _often(collector.schedule)),
            _fact("About which days", _sentence(f"{collector.scope.window}"), _named(days, calendar)),
            _fact("How it is sent", _way(collector)),
        ],
        "items": list(_items(collector.scope)),
        "never": "No names, no ids, nothing about a single pupil, and nothing about staff.",
    }


def _fact(label: str, text: str, detail: str = "") -> dict[str, Any]:
    return {"label": label, "text": text, "url": "", "when": None, "detail": detail}


def _ground(collector: Collector) -> str:
    if collector.legal_basis == LegalBasis.DUTY:
        return "Required by law: your school need not, and cannot, decide."
    return "Your school’s consent, which it can remove at any time."


def _often(schedule: Schedule) -> str:
    runs = [("the morning", schedule.morning), ("the afternoon", schedule.afternoon)]
    said = [f"after {name} ({_between(begins, schedule)})" for name, begins in runs if begins is not None]
    return f"Every working day, {joined(said)}. You need not switch it on each day." if said else "Only by hand."


def _between(begins: time, schedule: Schedule) -> str:
    """When it begins: each school has its own minute within the time over which sendings are spread."""
    if not schedule.spread:
        return f"at {begins:%H:%M}"
    ends = datetime.combine(date.min, begins, tzinfo=KINGDOM) + schedule.spread
    return f"between {begins:%H:%M} and {ends:%H:%M}"


def _named(days: Sequence[date], calendar: SchoolCalendar) -> str:
    """The days of the window of today by name; those on which the school is closed are said to be."""
    said = [f"{each:%a} {day(each)}" + ("" if calendar.is_open(each) else " (closed)") for each in days]
    return f"Today that is {joined(said)}. Each sending tells all of them anew, as they stand then."


def _way(collector: Collector) -> str:
    return f"As {collector.scope.format.value.upper()}, over HTTPS, with a key by which the collector knows Consentry."


def _items(scope: Scope) -> Iterator[dict[str, str]]:
    """What is sent, item by item."""
    if scope.format is Format.JSON:
        yield _item("The year groups in your school", "Those of the National Curriculum year group set.")
    yield _item("URN (your school number)", "You can see it in School > School Details.", link="details")
    if scope.granularity is Granularity.CROSSTAB:
        within = "Counted within each year group, so that both totals follow from it."
    else:
        within = "As two totals: how a code is spread over the year groups is not sent."
    yield _item("Total number of AM and PM Roll Call attendance marks for each attendance code", within)
    yield _item("Total number of AM and PM Roll Call attendance marks for each year group", _NOT_TAKEN)
    if scope.format is Format.JSON:
        yield _item("The total number of pupils on roll", "Of each day, as it was that day.")
    yield _item("How many pupils are enrolled in each year group", "Of each day, as it was that day.")
    if scope.suppress_below:
        few = f"Numbers from 1 to {scope.suppress_below - 1} are not told, nor what they could be worked out from."
        yield _item("Small numbers are hidden", few)


_NOT_TAKEN = "A session without a register is said to be not taken, never nought."


def _item(label: str, detail: str, *, link: str = "") -> dict[str, str]:
    return {"label": label, "detail": detail, "link": link}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def reach(days: Sequence[date]) -> str:
    """How many days a document tells of, in words: "8 days, 23 Oct to 3 Nov"."""
    if len(days) == 1:
        return f"1 day, {day(days[0])}"
    return f"{counted(len(days), 'day')}, {day(days[0])} to {day(days[-1])}"
