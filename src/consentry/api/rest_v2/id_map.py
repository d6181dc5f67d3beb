"""`id-map?entity-type=Student`: which id of before a wipe is which now. What the query asks, and the answer as CSV."""

import json
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from consentry.api.exchange import Call, Reply
from consentry.api.rest_v2.names import data_type_named
from consentry.api.rest_v2.parameters import Wanted, read_listing, split
from consentry.api.rest_v2.problems import QueryError
from consentry.rules.asks import Ask
from consentry.rules.catalogue import DataType

ID_MAP = "id-map"
ROOT = "idMap"
_TYPE, _FORMAT = "entity-type", "format"
_OF_A_PAGE = {"page-size", "page-number", "page", "cursor"}
_OF_RECORDS = {"fields", "expand", "filters", "order-property", "order-direction"}
_FORMATS = {"json", "csv", "xml"}
_COLUMNS = "entity_type,old_id,new_id"


def is_id_map(steps: list[str]) -> bool:
    """Whether the address is that of the id map, written in dashes or in camel case."""
    return len(steps) == 1 and steps[0].replace("-", "").lower() == ROOT.lower()


def asked_type(query: str) -> DataType | None:
    """The data type that the query names, None where it names none that there is. Raises QueryError for its form."""
    return data_type_named(dict(split(query)).get(_TYPE, ""))


def read_query(query: str, *, largest: int) -> Wanted:
    """Which page of which map. Raises QueryError, also for what only a listing of records can be asked."""
    pairs = split(query)
    given = dict(pairs)
    name = given.get(_TYPE, "")
    if not name:
        raise QueryError(_TYPE, "says whose ids are asked for, such as entity-type=Student")
    data_type = data_type_named(name)
    if data_type is None:
        raise QueryError(_TYPE, f"there is no data type {name[:100]!r}")
    for parameter in given:
        if parameter.partition(".")[0] in _OF_RECORDS:
            raise QueryError(parameter, "means nothing here: the id map has ids alone, in the order of the old ones")
    if given.get(_FORMAT, "json").lower() not in _FORMATS:
        raise QueryError(_FORMAT, "is json, csv or xml")
    page = read_listing(data_type, urlencode([pair for pair in pairs if pair[0] in _OF_A_PAGE]), largest=largest)
    ask = Ask(data_type.name, fields=(), after=page.ask.after, former=True)
    said = [(_TYPE, data_type.name), *(pair for pair in pairs if pair[0] in {_FORMAT, "page-size"})]
    return replace(page, ask=ask, others=said)


def wants_csv(call: Call) -> bool:
    """Whether CSV was asked for by `format=csv`, or by an Accept header that names it and not JSON."""
    given = dict(split(call.query)).get(_FORMAT, "")
    accept = (call.header("accept") or "").lower()
    return given.lower() == "csv" or (not given and "text/csv" in accept and "json" not in accept)


def as_csv(reply: Reply) -> Reply:
    """The same page as CSV (RFC 4180): numbers and the names of data types, so that nothing needs quotes."""
    rows: Iterable[dict[str, object]] = json.loads(reply.body)[ROOT]
    lines = [_COLUMNS, *(f"{row['entityType']},{row['oldId']},{_or_nothing(row['newId'])}" for row in rows), ""]
    return Reply(reply.status, "\r\n".join(lines).encode(), "text/csv; charset=utf-8; header=present", reply.headers)


def _or_nothing(number: object) -> str:
    return "" if number is None else str(number)
