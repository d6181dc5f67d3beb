"""From the bytes that were sent to days that can be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from consentry.collector.checks import check_counts
from consentry.collector.csv_body import CsvBody
from consentry.collector.flaws import Flaw, FlawedError
from consentry.collector.json_body import read_json
from consentry.collector.schema import SCHEMA, Judge

_JUDGE: Final = Judge(SCHEMA)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a school told: its number, and days of the shape that the schema gives them."""

    urn: str
    days: Sequence[Mapping[str, Any]]


def submission_of_json(body: bytes, *, today: date) -> Submission:
    """The submission that JSON tells. Raises FlawedError."""
    return _judged(read_json(body), today)


def submission_of_csv(body: bytes, *, today: date) -> Submission:
    """The submission that the lines of a CSV tell. Raises FlawedError, with places by line."""
    lines = CsvBody(body)
    try:
        return _judged(lines.body, today)
    except FlawedError as error:
        by_line = (Flaw(each.code, each.message, lines.place(each.place)) for each in error.flaws)
        raise FlawedError(*by_line, status=error.status) from None


def _judged(body: Any, today: date) -> Submission:
    _JUDGE.check(body)
    check_counts(body, today=today)
    return Submission(body["urn"], body["days"])


READERS: Final = {"application/json": submission_of_json, "text/csv": submission_of_csv}
"""How each media type is read."""
