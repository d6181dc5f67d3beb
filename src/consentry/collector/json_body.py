"""JSON, read strictly: what two readers might take for two things is refused."""

import json
from typing import Any, NoReturn

from consentry.collector.flaws import Flaw, FlawedError


def read_json(body: bytes) -> Any:
    """The value that the body holds. Raises FlawedError (400)."""
    try:
        return json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError):  # decoding, syntax, a number of thousands of digits, nesting without an end
        raise FlawedError(Flaw("not_json", "The body is not JSON in UTF-8."), status=400) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, with each field once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FlawedError(Flaw("field_twice", "An object has a field twice."), status=400)
    return found


def _no_number(_text: str) -> NoReturn:
    raise ValueError
