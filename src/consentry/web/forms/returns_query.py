"""The part of the list of submissions that an address asks for. What is not understood falls back to the usual."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from consentry.partners.queries.listing import Wanted
from consentry.returns.queries.submissions_list import SORTS, Asked, SaidDay
from consentry.rules.submission_life import SubmissionState
from consentry.web.forms.desk_query import Choices
from consentry.web.forms.sorted_by import Sorting

_SPANS: Final = {"week": 7, "month": 28, "year": 366}

SUBMISSIONS: Final = Choices(
    {
        "state": {each.value: each.label for each in SubmissionState},
        "dates": {"week": "Last 7 days", "month": "Last 4 weeks", "year": "Last 12 months"},
    },
    SORTS,
    Sorting("made", descending=True),
)

_FULL: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y")
_NUMBERS: Final = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
_WORDS: Final = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9})", re.ASCII)
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)
_MONTHS: Final = {f"{date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}


def asked_of(wanted: Wanted) -> Asked:
    """What an address wants, as the query takes it."""
    day = said_day(wanted.q) if wanted.q else None
    state, dates = wanted.chosen["state"], wanted.chosen["dates"]
    return Asked(
        wanted.by,
        wanted.descending,
        day,
        is_no_day=bool(wanted.q) and day is None,
        state=SubmissionState(state) if state else None,
        since=timedelta(days=_SPANS[dates]) if dates else None,
        page=wanted.page,
    )


def said_day(text: str) -> SaidDay | None:
    """The day that is searched for: "2026-11-03", "3/11/2026", "3 Nov 2026", "3/11", "3 Nov", "November" or "2026"."""
    said = " ".join(text.lower().split())
    for form in _FULL:
        try:
            found = datetime.strptime(said, form)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return SaidDay(found.day, found.month, found.year)
    if _YEAR.fullmatch(said):
        return SaidDay(None, None, int(said))
    if numbers := _NUMBERS.fullmatch(said):
        return SaidDay(int(numbers[1]), int(numbers[2]), None)
    words = _WORDS.fullmatch(said)
    month = next((number for name, number in _MONTHS.items() if words and name.startswith(words[2])), None)
    return SaidDay(int(words[1]) if words and words[1] else None, month, None) if month else None
