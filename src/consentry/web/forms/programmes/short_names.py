"""Short names of many registration forms, as they are typed on one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from consentry.web.forms.programmes.plan import number_or_none


@dataclass(frozen=True)
class Typed:
    """One row: what the page showed, what was typed, and whether it was ticked."""

    seen: str
    text: str
    is_ticked: bool


def typed_rows(data: QueryDict) -> Mapping[int, Typed]:
    """The rows that were sent, by the id of the form; what cannot be an id is none."""
    ticked = {number_or_none(text) for text in data.getlist("tick")}
    numbers = {number_or_none(text) for text in data.getlist("row")} - {None}
    return {
        number: Typed(data.get(f"seen-{number}", ""), data.get(f"short-{number}", ""), number in ticked)
        for number in sorted(each for each in numbers if each is not None)
    }
