"""An app's calls by day as a picture, a sentence and a table (components/chart.html)."""

from typing import Any

from django.template.loader import render_to_string

from consentry.connections.queries.calls_of import Calls
from consentry.web.sentences import counted, day

_WIDTH, _HEIGHT, _GAP = 560, 96, 6


def calls_chart(app: str, calls: Calls) -> dict[str, Any]:
    """The calls of the last fourteen days."""
    return {
        "title": f"Calls of {app} by day",
        "sentence": calls_sentence(calls),
        "svg": render_to_string("components/bars.html", _bars(calls)) if calls.served else "",
        "columns": ["Day", "Answered", "Refused"],
        "rows": [[day(each.day), f"{each.served:,}", f"{each.refused:,}"] for each in calls.days],
    }


def calls_sentence(calls: Calls) -> str:
    """How many calls there were lately, in words."""
    refused = f", and {counted(calls.refused, 'call')} refused" if calls.refused else ""
    return f"{counted(calls.served, 'call')} answered in the last {len(calls.days)} days{refused}."


def _bars(calls: Calls) -> dict[str, Any]:
    most = max(each.served for each in calls.days)
    step = _WIDTH // len(calls.days)
    bars = []
    for position, each in enumerate(calls.days):
        height = max(2, round(_HEIGHT * each.served / most)) if each.served else 0
        bars.append({"x": position * step, "y": _HEIGHT - height, "width": step - _GAP, "height": height})
    return {
        "bars": bars,
        "most": counted(most, "call"),
        "width": step * len(calls.days),
        "height": _HEIGHT,
        "first": day(calls.days[0].day),
        "last": day(calls.days[-1].day),
    }
