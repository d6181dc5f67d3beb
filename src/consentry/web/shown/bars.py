"""Bars by day as a picture (components/bars.html): what each day had, and on top of it what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from consentry.web.sentences import counted, day

_WIDTH, _HEIGHT, _GAP = 560, 96, 6
_LOWEST = 2
"""So that one of many is still seen."""


@dataclass(frozen=True)
class Bar:
    """A day with how many went well, and how many of the other sort stand on top of them."""

    day: date
    good: int
    bad: int = 0


def bars(drawn: Sequence[Bar], noun: str) -> str:
    """The picture as SVG with the words of its axes, "" for nothing to draw; `noun` names what the height counts."""
    most = max(each.good + each.bad for each in drawn)
    if not most:
        return ""
    step = _WIDTH // len(drawn)
    return render_to_string(
        "components/bars.html",
        {
            "bars": [rect for place, each in enumerate(drawn) for rect in _rects(each, place * step, step, most)],
            "most": counted(most, noun),
            "width": step * len(drawn),
            "height": _HEIGHT,
            "first": day(drawn[0].day),
            "last": day(drawn[-1].day),
        },
    )


def _rects(bar: Bar, x: int, step: int, most: int) -> list[dict[str, int | bool]]:
    rects: list[dict[str, int | bool]] = []
    top = _HEIGHT
    for count, is_bad in ((bar.good, False), (bar.bad, True)):
        height = max(_LOWEST, round(_HEIGHT * count / most)) if count else 0
        top -= height
        rects.append({"x": x, "y": max(top, 0), "width": step - _GAP, "height": height, "is_bad": is_bad})
    return rects
