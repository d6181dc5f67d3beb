"""Filters as conditions of the compiled statement: every value is a place that a call fills in."""

from typing import Any

from django.db.models import BooleanField, Expression, F

from consentry.records.catalogue import catalogue
from consentry.records.compiling.json_text import literal
from consentry.records.compiling.lookups import End, attribute, end_of
from consentry.records.compiling.places import Place
from consentry.rules.asks import Filter, Operator
from consentry.rules.catalogue import DataType, Kind


class Condition(Expression):
    """A piece of SQL that is true or not: `{}` stands for each source in turn, a Place for a value of the call."""

    conditional = True

    def __init__(self, form: list[str | Place], *sources: F) -> None:
        super().__init__(output_field=BooleanField())
        self.form = form
        self.sources: list[Any] = list(sources)

    def get_source_expressions(self) -> list[Any]:
        return self.sources

    def set_source_expressions(self, exprs: Any) -> None:
        self.sources = list(exprs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The form with columns and placeholders put in."""
        columns = iter([compiler.compile(source)[0] for source in self.sources])
        sql, parameters = [], []
        for piece in self.form:
            if isinstance(piece, Place):
                sql.append(f"%s::{piece.cast}")
                parameters.append(piece)
            else:
                sql.append(next(columns) if piece == "{}" else piece)
        return f"({''.join(sql)})", parameters


CASTS = {
    Kind.TEXT: "text",
    Kind.NUMBER: "numeric",
    Kind.YES_NO: "boolean",
    Kind.DATE: "date",
    Kind.DATE_TIME: "timestamptz",
    Kind.TIME: "time",
}
"""The type that a filter's value has in the statement, by the kind of its field."""

_COMPARISONS = {
    Operator.EQUALS: " = ",
    Operator.FROM: " >= ",
    Operator.TO: " <= ",
    Operator.AFTER: " > ",
    Operator.BEFORE: " < ",
    Operator.SEARCH: " ilike ",
    Operator.LIKE: " ilike ",
}


def condition_of(data_type: DataType, position: int, condition: Filter) -> Condition:
    """The filter at this position of the ask; its value's place is called filter0, filter1 and so on."""
    name = f"filter{position}"
    if condition.operator is Operator.TAGGED:
        return _tagged(data_type, name)
    end = end_of(data_type, condition.path)
    if end.field.kind is Kind.TAGS:
        return _has_user_tag(end, name)
    if end.field.kind is Kind.ANY_REFERENCE:
        return _points_to(end, name, condition.operator)
    column, cast = _compared(end)
    if condition.operator is Operator.IS_NULL:
        return Condition([*column, " is null"], F(_lookup(end)))
    if condition.operator is Operator.IN:
        return Condition([*column, " = any(", Place(name, f"{cast}[]"), ")"], F(_lookup(end)))
    return Condition([*column, _COMPARISONS[condition.operator], Place(name, cast)], F(_lookup(end)))


def _compared(end: End) -> tuple[list[str | Place], str]:
    """The column that is compared, as SQL, and the type it is compared with."""
    if _is_by_code(end):
        return ["replace(", "{}", ", ' ', '_')"], "text"
    if end.field.kind is Kind.REFERENCE or end.field.name in {"id", "revisionId"}:
        return ["{}"], "bigint"
    return ["{}"], CASTS[end.field.kind]


def _lookup(end: End) -> str:
    """Django's name for the compared column: a reference's own, or the code that addresses what it leads to."""
    if end.field.kind is not Kind.REFERENCE:
        return end.lookup
    target = catalogue()[end.field.target or ""]
    return f"{end.lookup}__{attribute(target.name, target.addressed_by)}" if _is_by_code(end) else f"{end.lookup}_id"


def _is_by_code(end: End) -> bool:
    return end.field.kind is Kind.REFERENCE and catalogue()[end.field.target or ""].addressed_by != "id"


def _points_to(end: End, name: str, operator: Operator) -> Condition:
    if operator is Operator.IS_NULL:
        return Condition(["{}", " is null"], F(f"{end.lookup}_id"))
    return Condition(
        ["{}", " = ", Place(f"{name}_type", "text"), " and ", "{}", " = ", Place(name, "bigint")],
        F(f"{end.lookup}_type"),
        F(f"{end.lookup}_id"),
    )


def _has_user_tag(end: End, name: str) -> Condition:
    way = end.lookup.removesuffix("user_tags")
    return Condition(
        [
            "exists (select 1 from records_usertag u where u.school_id = ", "{}",
            f" and u.entity_type = '{end.data_type.name}' and u.record_id = ", "{}",
            " and u.name = ", Place(f"{name}_name", "text"), " and u.value = ", Place(name, "text"), ")",
        ],
        F(f"{way}school_id"),
        F(f"{way}id"),
    )  # fmt: skip


_TAGGED_AT = (
    "exists (select 1 from records_tagging g "
    "join records_tag t on t.school_id = g.school_id and t.id = g.tag_id where g.school_id = "
)
_TAGGED_IS = " and g.tagged_object_type = "
_TAGGED_ID = " and g.tagged_object_id = "
_TAGGED_NOW = (
    " and (g.start_date is null or g.start_date <= current_date) and (g.end_date is null or g.end_date >= current_date)"
    " and t.tag_identifier = "
)


def _tagged(data_type: DataType, name: str) -> Condition:
    """Whether a system tag with this identifier is on the record today."""
    return Condition(
        [
            _TAGGED_AT,
            "{}",
            _TAGGED_IS,
            literal(data_type.name),
            _TAGGED_ID,
            "{}",
            _TAGGED_NOW,
            Place(name, "text"),
            ")",
        ],
        F("school_id"),
        F("id"),
    )
