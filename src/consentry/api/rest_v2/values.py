"""The values of filters: text from an address, read as what the field holds."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from consentry.rules.catalogue import Kind

LONDON = ZoneInfo("Europe/London")
NULL = "NULL"
"""How a filter says "has no value"."""

LARGEST_ID = 9223372036854775807
_LONGEST_NUMBER = 30
_YES, _NO = {"1", "true", "yes"}, {"0", "false", "no"}


class UnreadableError(Exception):
    """The text is not a value of this kind; the message says what would be."""


def read_value(kind: Kind, text: str) -> str:
    """The text in the form that PostgreSQL takes. Raises UnreadableError."""
    return _READERS.get(kind, str)(text)


def _number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise UnreadableError("a number") from None
    is_plain = text.isascii() and len(text) <= _LONGEST_NUMBER and number.is_finite()
    if not is_plain or abs(number.adjusted()) > _LONGEST_NUMBER:
        raise UnreadableError("a number")
    return str(number)


def _yes_or_no(text: str) -> str:
    if text.lower() in _YES:
        return "true"
    if text.lower() in _NO:
        return "false"
    raise UnreadableError("true or false")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise UnreadableError("a date such as 2026-09-07 or 2026-09-07 08:45:00") from None


def _date(text: str) -> str:
    return _moment(text).date().isoformat()


def _date_time(text: str) -> str:
    """In UTC, because Python knows zones that PostgreSQL refuses (+23:59)."""
    moment = _moment(text)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC).isoformat()
    except OverflowError:
        raise UnreadableError("a date of the years 1 to 9999") from None


def _time(text: str) -> str:
    try:
        return time.fromisoformat(text.strip()).replace(tzinfo=None).isoformat()
    except ValueError:
        raise UnreadableError("a time such as 08:45") from None


def read_id(text: str) -> int | None:
    """The id in this text, or None when no record could have it."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST_ID)) or int(text) > LARGEST_ID:
        return None
    return int(text)


_READERS: dict[Kind, Callable[[str], str]] = {
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_or_no,
    Kind.DATE: _date,
    Kind.DATE_TIME: _date_time,
    Kind.TIME: _time,
}
