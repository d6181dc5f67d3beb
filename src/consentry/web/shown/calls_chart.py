"""An app's calls by day as a picture, a sentence and a table (components/chart.html)."""

from typing import Any

from consentry.connections.queries.calls_of import Calls
from consentry.web.sentences import counted, day
from consentry.web.shown.bars import Bar, bars


def calls_chart(app: str, calls: Calls) -> dict[str, Any]:
    """The calls of the last fourteen days."""
    return {
        "title": f"Calls of {app} by day",
        "sentence": calls_sentence(calls),
        "svg": bars([Bar(each.day, each.served) for each in calls.days], "call"),
        "columns": ["Day", "Answered", "Refused"],
        "rows": [[day(each.day), f"{each.served:,}", f"{each.refused:,}"] for each in calls.days],
    }


def calls_sentence(calls: Calls) -> str:
    """How many calls there were lately, in words."""
    refused = f", and {counted(calls.refused, 'call')} refused" if calls.refused else ""
    return f"{counted(calls.served, 'call')} answered in the last {len(calls.days)} days{refused}."
