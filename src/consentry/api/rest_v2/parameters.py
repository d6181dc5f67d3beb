"""From the query of an address to an ask and its values."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode

from consentry.api.rest_v2.filters import read_filters
from consentry.api.rest_v2.paths import check_names, kind_at
from consentry.api.rest_v2.problems import QueryError
from consentry.connections.reading.statement import Value
from consentry.records.catalogue import catalogue
from consentry.rules.asks import Ask, Order
from consentry.rules.catalogue import DataType, Kind, Path

DEFAULT_SIZE = 100
LARGEST_SIZE = 10_000
LARGEST_EXPANDED = 1_000
LARGEST_COLLECTED = 100
MOST_SKIPPED = 100_000
"""Rows that are skipped are made all the same: far back, the cursor is the way."""

MOST_PARAMETERS = 1_100
MOST_EXPANDED = 20
MOST_FIELDS = 200
DEEPEST = 4
LONGEST_CARRIED = 12_000
"""Characters of a query as a link carries it: 1,000 ids of 7 digits with their commas take 10,000. With the longest
path and a cursor the Link header is below 14 KiB: some clients read no more than 16 KiB of headers in all."""

MOST_REMEMBERED = 500
LONGEST_REMEMBERED = 1_000
"""Apps ask the same questions again and again: what short queries mean is remembered (1 MB of them)."""

PARAMETERS = frozenset({
    "fields", "expand", "filters", "page-size", "page-number", "page", "cursor", "order-property", "order-direction",
    "format", "query", "entity-type",
})  # fmt: skip
"""What a listing and the id map are asked with; `query` stands for the whole of it."""

_CARRIED = {"fields", "expand", "page-size", "order-property", "order-direction", "format"}
_FORMATS = {"json", "xml"}
_SORTABLE = {Kind.TEXT, Kind.NUMBER, Kind.YES_NO, Kind.DATE, Kind.DATE_TIME, Kind.TIME, Kind.REFERENCE}
_DIRECTIONS = {"asc": False, "ascending": False, "desc": True, "descending": True}


@dataclass(frozen=True)
class Wanted:
    """What the query asks for: the shape, the values that fill it, and where in the listing the page lies."""

    ask: Ask
    values: dict[str, Value]
    size: int = DEFAULT_SIZE
    number: int = 1
    cursor: str | None = None
    others: list[tuple[str, str]] = field(default_factory=list)
    """The parameters that mean something, but for those that say which page."""

    @cached_property
    def carried(self) -> str:
        """What the other pages of this listing keep of the query, as an address says it."""
        return urlencode(self.others)

    @cached_property
    def question(self) -> str:
        """What is asked, whatever the order of the parameters. The page's size may change between pages."""
        return json.dumps(sorted(pair for pair in self.others if pair[0] != "page-size"))


def read_listing(data_type: DataType, query: str, *, largest: int = LARGEST_SIZE) -> Wanted:
    """A listing's query. Raises QueryError; parameters that mean nothing here are ignored, as apps expect."""
    is_long = len(query) > LONGEST_REMEMBERED
    wanted = _read_listing(data_type, query) if is_long else _remembered_listing(data_type.name, query)
    _check_cost(wanted, largest)
    return wanted


def _check_cost(wanted: Wanted, largest: int) -> None:
    """Raise QueryError for a page that is too large for what it holds, or that lies too far behind the first."""
    if wanted.size > largest:
        raise QueryError("page-size", f"is {largest} at most in this format")
    if wanted.ask.expanded and wanted.size > LARGEST_EXPANDED:
        raise QueryError("page-size", f"is {LARGEST_EXPANDED} at most where expand is given")
    if wanted.size > LARGEST_COLLECTED and _opens_collection(wanted.ask):
        raise QueryError("page-size", f"is {LARGEST_COLLECTED} at most where expand opens up a list")
    if (wanted.number - 1) * wanted.size > MOST_SKIPPED:
        raise QueryError("page-number", f"lies behind {MOST_SKIPPED} records: follow the next links instead")


def _opens_collection(ask: Ask) -> bool:
    data_type = catalogue()[ask.data_type]
    return any(kind_at(data_type, path) is Kind.COLLECTION for path in ask.expanded)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remembered_listing(data_type: str, query: str) -> Wanted:
    return _read_listing(catalogue()[data_type], query)


def _read_listing(data_type: DataType, query: str) -> Wanted:
    pairs = split(query)
    given = dict(pairs)
    _check_format(given)
    filters = read_filters(data_type, pairs)
    size = _whole(given, ("page-size",), DEFAULT_SIZE, range(1, LARGEST_SIZE + 1))
    number = max(1, _whole(given, ("page-number", "page"), 1, range(10**12 + 1)))
    cursor = given.get("cursor")
    if cursor is not None and ({"page-number", "page", "order-property"} & given.keys()):
        raise QueryError("cursor", "stands for a page in the order of ids: leave page-number and order-property out")
    ask = Ask(
        data_type.name,
        fields=_fields(given),
        expanded=_expanded(given),
        filters=filters.conditions,
        order=_order(given, data_type),
        after=cursor is not None,
    )
    paging: dict[str, Value] = {"size": size, "skip": (number - 1) * size}
    others = [pair for pair in pairs if pair[0] in _CARRIED] + filters.said
    wanted = Wanted(ask, filters.values | paging, size, number, cursor, others)
    if len(wanted.carried) > LONGEST_CARRIED:
        raise QueryError("query", f"is longer than {LONGEST_CARRIED} characters in a link: ask in several calls")
    return wanted


def read_single(data_type: DataType, query: str) -> Ask:
    """A single record's query: which fields, and what to open up. Raises QueryError."""
    if len(query) > LONGEST_REMEMBERED:
        return _read_single(data_type.name, query)
    return _remembered_single(data_type.name, query)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remembered_single(data_type: str, query: str) -> Ask:
    return _read_single(data_type, query)


def _read_single(data_type: str, query: str) -> Ask:
    given = dict(split(query))
    _check_format(given)
    return Ask(data_type, fields=_fields(given), expanded=_expanded(given), one=True)


def split(query: str) -> list[tuple[str, str]]:
    """The parameters in order. Raises QueryError for one that stands twice, for bad UTF-8 and for too many."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise QueryError("query", "is not UTF-8") from None
    except ValueError:
        raise QueryError("query", f"has more than {MOST_PARAMETERS} parameters") from None
    seen: set[str] = set()
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise QueryError("query", "holds a NUL character")
        if name in seen:
            raise QueryError(name, "stands twice")
        seen.add(name)
    return pairs


def _check_format(given: dict[str, str]) -> None:
    """Raise QueryError for a format that no answer has; which of the two is sent is decided outside."""
    if given.get("format", "json").lower() not in _FORMATS:
        raise QueryError("format", "is json or xml")


def _fields(given: dict[str, str]) -> tuple[str, ...] | None:
    if "fields" not in given:
        return None
    names = [name.strip() for name in given["fields"].split(",")]
    if not all(names):
        raise QueryError("fields", "names no field between two commas")
    if len(names) > MOST_FIELDS:
        raise QueryError("fields", f"names more than {MOST_FIELDS} fields")
    check_names("fields", tuple(names))
    identity = {"id", "href", "entityType", "displayName"}
    return tuple(sorted({name for name in names if name not in identity}))


def _expanded(given: dict[str, str]) -> tuple[Path, ...]:
    """The paths to open up, each with the ones above it, shortest first."""
    if "expand" not in given:
        return ()
    paths = {path[:depth] for path in _paths(given["expand"]) for depth in range(1, len(path) + 1)}
    if len(paths) > MOST_EXPANDED:
        raise QueryError("expand", f"opens up more than {MOST_EXPANDED} references")
    return tuple(sorted(paths, key=lambda path: (len(path), path)))


def _paths(text: str) -> Iterator[Path]:
    for written in text.split(","):
        path = tuple(step.strip() for step in written.split("."))
        if not all(path):
            raise QueryError("expand", "names no reference between two commas or dots")
        if len(path) > DEEPEST:
            raise QueryError("expand", f"goes deeper than {DEEPEST} references: {written.strip()[:100]}")
        check_names("expand", path)
        yield path


def _order(given: dict[str, str], data_type: DataType) -> Order | None:
    written = given.get("order-property", "")
    if not written:
        return None
    direction = given.get("order-direction", "asc").lower()
    if direction not in _DIRECTIONS:
        raise QueryError("order-direction", "is asc or desc")
    path = tuple(written.split("."))
    if len(path) > DEEPEST + 1:
        raise QueryError("order-property", f"goes deeper than {DEEPEST} references")
    check_names("order-property", path)
    kind = kind_at(data_type, path)
    if kind is not None and kind not in _SORTABLE:
        raise QueryError("order-property", f"{written} cannot be sorted on")
    return Order(path, _DIRECTIONS[direction])


def _whole(given: dict[str, str], names: tuple[str, ...], default: int, possible: range) -> int:
    for name in names:
        text = given.get(name)
        if text is None:
            continue
        if not re.fullmatch(r"[0-9]{1,13}", text) or int(text) not in possible:
            raise QueryError(name, f"is a whole number from {possible[0]} to {possible[-1]}")
        return int(text)
    return default
