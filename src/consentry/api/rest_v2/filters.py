"""Filters as addresses write them: `filters.{property}.{operator}={value}`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consentry.api.rest_v2.names import data_type_named, record_reference
from consentry.api.rest_v2.paths import check_names, field_at
from consentry.api.rest_v2.problems import QueryError
from consentry.api.rest_v2.values import NULL, UnreadableError, read_id, read_value
from consentry.connections.reading.statement import Value
from consentry.records.catalogue import catalogue
from consentry.rules.asks import Filter, Operator
from consentry.rules.catalogue import DataType, Field, Kind, Path

MOST_FILTERS = 20
MOST_VALUES = 1_000
DEEPEST = 4

_OPERATORS = {
    each.value: each
    for each in (
        Operator.EQUALS, Operator.FROM, Operator.TO, Operator.AFTER,
        Operator.BEFORE, Operator.SEARCH, Operator.LIKE, Operator.IN,
    )
}  # fmt: skip
_TEXT_ONLY = {Operator.SEARCH, Operator.LIKE}
_IDENTITY_ONLY = {Operator.EQUALS, Operator.IN}
_INDEXED = re.compile(r"(.+)\[\d{1,4}\]")

Values = dict[str, Value]


class ReadFilters(NamedTuple):
    """The conditions, their values by place, and parameters that say the same as shortly as can be."""

    conditions: tuple[Filter, ...]
    values: Values
    said: list[tuple[str, str]]


def read_filters(data_type: DataType, pairs: Sequence[tuple[str, str]]) -> ReadFilters:
    """The filters among the parameters. Raises QueryError, naming the parameter."""
    gathered = _gathered(pairs)
    if len(gathered) > MOST_FILTERS:
        raise QueryError("filters", f"has more than {MOST_FILTERS} conditions")
    filters: list[Filter] = []
    values: Values = {}
    said: list[tuple[str, str]] = []
    for position, (parameter, texts) in enumerate(gathered.items()):
        place = f"filter{position}"
        condition, more = _read(data_type, place, parameter, texts)
        filters.append(condition)
        values |= more
        said += _said(parameter, _shortest(data_type, condition, texts, more.get(place)))
    return ReadFilters(tuple(filters), values, said)


def _shortest(data_type: DataType, condition: Filter, texts: list[str], read: Value) -> list[str]:
    """What to say for these texts: of references that were listed, the ids or codes alone."""
    field = field_at(data_type, condition.path) if condition.operator is Operator.IN else None
    return list(map(str, read)) if field and field.kind is Kind.REFERENCE and isinstance(read, list) else texts


def _said(parameter: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    """The parameter with its values in one text where that is read as these values again, else one by one."""
    in_one = ",".join(texts)
    if _gathered([(parameter, in_one)]) == {parameter: texts}:
        yield parameter, in_one
        return
    for number, text in enumerate(texts):
        yield f"{parameter}[{number}]", text


def _gathered(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The values by parameter; those of `…in[0]`, `…in[1]` together. Without index, commas part the values of `in`."""
    gathered: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.startswith("filters."):
            indexed = _INDEXED.fullmatch(name)
            parts = [value] if indexed else _parted(name, value)
            gathered.setdefault(indexed[1] if indexed else name, []).extend(parts)
    return gathered


def _parted(parameter: str, value: str) -> list[str]:
    is_list = parameter.endswith(f".{Operator.IN.value}") and not parameter.startswith("filters.tags.")
    return value.split(",") if is_list else [value]


def _read(data_type: DataType, place: str, parameter: str, texts: list[str]) -> tuple[Filter, Values]:
    steps = parameter.split(".")[1:]
    if steps[0] == "tags" and len(steps) > 1:
        tag = ".".join(steps[1:])
        return Filter(("userTags",), Operator.EQUALS), {f"{place}_name": tag, place: _single(parameter, texts)}
    if steps == ["self", "tagged"]:
        return Filter((), Operator.TAGGED), {place: _single(parameter, texts)}
    operator = _OPERATORS.get(steps[-1])
    path = tuple(steps[:-1])
    if operator is None or not path:
        raise QueryError(parameter, f"ends in one of {', '.join(_OPERATORS)}")
    if len(path) > DEEPEST:
        raise QueryError(parameter, f"goes deeper than {DEEPEST} references")
    check_names(parameter, path)
    field = field_at(data_type, path)
    if field is None:
        return Filter(path, operator), {}
    return _condition(field, path, operator, parameter, texts, place)


def _condition(
    field: Field, path: Path, operator: Operator, parameter: str, texts: list[str], place: str
) -> tuple[Filter, Values]:
    _check_fits(field, operator, parameter)
    if operator is Operator.IN:
        return Filter(path, operator), {place: _several(field, parameter, texts)}
    text = _single(parameter, texts)
    if text == NULL and operator is Operator.EQUALS:
        return Filter(path, Operator.IS_NULL), {}
    if field.kind is Kind.ANY_REFERENCE:
        owner, number = _owner(parameter, text)
        return Filter(path, operator), {f"{place}_type": owner, place: number}
    if operator in _TEXT_ONLY:
        return Filter(path, operator), {place: _pattern(operator, text)}
    return Filter(path, operator), {place: _value(field, parameter, text)}


def _check_fits(field: Field, operator: Operator, parameter: str) -> None:
    """Raise QueryError for an operator that means nothing for this kind of field."""
    if field.kind in {Kind.COLLECTION, Kind.TAGS}:
        raise QueryError(parameter, f"{field.name} cannot be filtered on")
    if operator in _TEXT_ONLY and field.kind is not Kind.TEXT:
        raise QueryError(parameter, f"{operator.value} is for text, and {field.name} is a {field.kind.value}")
    if field.kind in {Kind.REFERENCE, Kind.YES_NO} and operator not in _IDENTITY_ONLY:
        raise QueryError(parameter, f"{field.name} is compared with equals or in")
    if field.kind is Kind.ANY_REFERENCE and operator is not Operator.EQUALS:
        raise QueryError(parameter, f"{field.name} is compared with equals")


def _single(parameter: str, texts: list[str]) -> str:
    if len(texts) != 1:
        raise QueryError(parameter, "takes one value")
    return texts[0]


def _several(field: Field, parameter: str, texts: list[str]) -> list[str]:
    if len(texts) > MOST_VALUES:
        raise QueryError(parameter, f"takes {MOST_VALUES} values at most")
    return [_value(field, parameter, text) for text in texts]


def _value(field: Field, parameter: str, text: str) -> str:
    if field.kind is Kind.REFERENCE:
        return _reference(catalogue()[field.target or ""], parameter, text)
    if field.name in {"id", "revisionId"}:
        return _id(parameter, text)
    try:
        return read_value(field.kind, text)
    except UnreadableError as error:
        raise QueryError(parameter, f"takes {error}") from None


def _reference(target: DataType, parameter: str, text: str) -> str:
    """What a reference is compared with: the id, or the code for a data type that is addressed by code."""
    found = record_reference(target, text)
    if found is None:
        example = f"/rest-v2/{target.collection}/…"
        raise QueryError(parameter, f"takes the href of a {target.label.lower()}, such as {example}")
    return found.replace(" ", "_") if target.addressed_by != "id" else _id(parameter, found)


def _id(parameter: str, text: str) -> str:
    number = read_id(text)
    if number is None:
        raise QueryError(parameter, "takes an id, a whole number")
    return str(number)


def _owner(parameter: str, text: str) -> tuple[str, str]:
    """The data type and the id in the href of a record of any type."""
    steps = text.strip("/").split("/")
    data_type = data_type_named(steps[-2]) if len(steps) > 1 else None
    if data_type is None:
        raise QueryError(parameter, "takes the href of a record, such as /rest-v2/students/7")
    return data_type.name, _id(parameter, steps[-1])


def _pattern(operator: Operator, text: str) -> str:
    """The pattern of a search (the text anywhere) or of a like (with % and _ as the caller wrote them)."""
    if operator is Operator.LIKE:
        escapes = len(text) - len(text.rstrip("\\"))
        return text[:-1] if escapes % 2 else text
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
