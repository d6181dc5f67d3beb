"""What the schema refuses, told as flaws."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import islice
from typing import Any, Final

from jsonschema_rs import Draft202012Validator, ValidationError

from consentry.collector.flaws import MOST_TOLD, Flaw, FlawedError, Place

SCHEMA_TEXT: Final = files(__package__).joinpath("schema.json").read_text()
SCHEMA: Final = json.loads(SCHEMA_TEXT)

_TOLD: Final[Mapping[str, tuple[str, str]]] = {
    "type": ("wrong_type", "It must be of type {types}."),
    "enum": ("unknown_value", "It is none of the values that may stand here."),
    "pattern": ("wrong_form", "It must match {pattern}."),
    "format": ("wrong_form", "It must be a {format}."),
    "minimum": ("too_small", "It must be {limit} or more."),
    "maximum": ("too_large", "It must be {limit} or less."),
    "minItems": ("too_few", "There must be {limit} or more."),
    "maxItems": ("too_many", "There must be {limit} or fewer."),
    "uniqueItems": ("duplicate", "Something stands here twice."),
    "anyOf": ("missing_field", "It must have marks, or both by_code and by_year_group."),
    "not": ("marks_and_totals", "It must have marks or totals, not both."),
}
"""For each keyword of the schema the code and the words of its flaw."""


class Judge:
    """A schema, ready to judge by."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._validator = Draft202012Validator(schema, validate_formats=True)

    def check(self, body: Any) -> None:
        """Raise FlawedError unless the body is as the schema says."""
        try:
            if self._validator.is_valid(body):
                return
            flaws = list(islice(self._flaws(body), MOST_TOLD))
        except UnicodeEncodeError:
            raise FlawedError(Flaw("wrong_form", "A text holds half a character.")) from None
        except ValueError:
            raise FlawedError(Flaw("too_deep", "It is nested too deeply.")) from None
        raise FlawedError(*flaws)

    def _flaws(self, body: Any) -> Iterator[Flaw]:
        for error in self._validator.iter_errors(body):
            yield from _OF_FIELDS.get(error.kind.name, _of_value)(error, _place(body, error.instance_path))


def _place(body: Any, steps: Sequence[str | int]) -> Place:
    """The place that the steps lead to; the validator takes a field that is called "7" for an item."""
    place: list[str | int] = []
    for step in steps:
        place.append(str(step) if isinstance(body, dict) else step)
        body = body[place[-1]]
    return tuple(place)


def _unknown(error: ValidationError, place: Place) -> Iterator[Flaw]:
    for name in error.kind.as_dict()["unexpected"]:
        yield Flaw("unknown_field", "No such field is taken.", (*place, name))


def _missing(error: ValidationError, place: Place) -> Iterator[Flaw]:
    yield Flaw("missing_field", "This field is missing.", (*place, error.kind.as_dict()["property"]))


def _of_value(error: ValidationError, place: Place) -> Iterator[Flaw]:
    code, words = _TOLD[error.kind.name]
    wanted = error.kind.as_dict()
    yield Flaw(code, words.format(**wanted | {"types": " or ".join(wanted.get("types", ()))}), place)


_OF_FIELDS: Final[Mapping[str, Callable[[ValidationError, Place], Iterator[Flaw]]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
}
