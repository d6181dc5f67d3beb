"""One page of records as one SQL text: rows of (id, body, ids opened up), ready to be put behind a door."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, OrderBy

from consentry.records.catalogue import catalogue, model_of
from consentry.records.compiling.conditions import Condition, condition_of
from consentry.records.compiling.lookups import attribute, end_of
from consentry.records.compiling.places import Place
from consentry.records.compiling.representation import opened_ids, record_text
from consentry.records.compiling.tree import tree_of
from consentry.rules.asks import Ask
from consentry.rules.catalogue import DataType, Kind
from consentry.rules.disclosure import Disclosure

BODY = "consentry_body"
OPENED = "consentry_opened_"


@dataclass(frozen=True)
class CompiledPage:
    """`sql` selects id, body and a text of ids for each of `opened` (their data types); its `%s` are `places`.

    Places: school, gate values, filterN, after, one, size, skip. Other parameters are constants of the plan.
    """

    sql: str
    places: tuple[object, ...]
    opened: tuple[str, ...]


def compile_page(ask: Ask, disclosure: Disclosure, *, gate: str) -> CompiledPage:
    """The statement of this ask under this disclosure. `gate` is an SQL condition without which no row is read.

    The school is a parameter beside the gate, never joined to the rows: joined, the index order would be lost.
    """
    data_type = catalogue()[ask.data_type]
    shown = tree_of(disclosure)
    opened = list(opened_ids(shown))
    rows = (
        model_of(data_type.name)
        ._base_manager.filter(*_conditions(ask, data_type, gate))
        .order_by(*_order(ask, data_type))
        .values("id")
        .annotate(**{BODY: record_text(shown)}, **{f"{OPENED}{n}": ids for n, (_, ids) in enumerate(opened)})
    )
    sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    places = (*parameters, *((Place("size", "bigint"), Place("skip", "bigint")) if not ask.one else ()))
    limit = " limit %s::bigint offset %s::bigint" if not ask.one else " limit 1"
    return CompiledPage(sql + limit, places, tuple(name for name, _ in opened))


def _conditions(ask: Ask, data_type: DataType, gate: str) -> list[Condition]:
    conditions = [Condition(["{}", " = ", Place("school", "bigint")], F("school_id")), Condition([gate])]
    conditions += [condition_of(data_type, position, each) for position, each in enumerate(ask.filters)]
    if ask.one:
        conditions.append(_addressed(data_type))
    if ask.after:
        conditions.append(Condition(["{}", " > ", Place("after", "bigint")], F("id")))
    return conditions


def _addressed(data_type: DataType) -> Condition:
    """The record at an address: by its id, or by the code that stands in its href."""
    if data_type.addressed_by == "id":
        return Condition(["{}", " = ", Place("one", "bigint")], F("id"))
    code = F(attribute(data_type.name, data_type.addressed_by))
    return Condition(["replace(", "{}", ", ' ', '_') = replace(", Place("one", "text"), ", ' ', '_')"], code)


def _order(ask: Ask, data_type: DataType) -> list[OrderBy]:
    if ask.order is None:
        return [F("id").asc()]
    end = end_of(data_type, ask.order.path)
    column = F(f"{end.lookup}_id" if end.field.kind is Kind.REFERENCE else end.lookup)
    return [column.desc(nulls_last=True) if ask.order.descending else column.asc(nulls_last=True), F("id").asc()]
