"""A record's displayName, put together from the fields that it is declared to be made of."""

from typing import Any

from django.db.models import Expression, F, TextField
from django.db.models.expressions import Combinable

from consentry.records.compiling.lookups import end_of
from consentry.rules.catalogue import DataType


class _Spaced(Expression):
    """Parts with spaces between; each part is the first of its alternatives that is not empty."""

    def __init__(self, parts: list[list[Combinable]]) -> None:
        super().__init__(output_field=TextField())
        self.parts = parts

    def get_source_expressions(self) -> list[Any]:
        return [alternative for part in self.parts for alternative in part]

    def set_source_expressions(self, exprs: Any) -> None:
        replacing = iter(exprs)
        self.parts = [[next(replacing) for _ in part] for part in self.parts]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`to_json(concat_ws(' ', coalesce(nullif(a, ''), nullif(b, '')), …))::text`."""
        texts, parameters = [], []
        for part in self.parts:
            compiled = [compiler.compile(alternative) for alternative in part]
            texts.append("coalesce(" + ", ".join(f"nullif({sql}::text, '')" for sql, _ in compiled) + ")")
            parameters += [parameter for _, more in compiled for parameter in more]
        return f"to_json(concat_ws(' ', {', '.join(texts)}))::text", parameters


def display_name(data_type: DataType, way: str) -> Expression:
    """The displayName of the record that `way` leads to, as a JSON string."""
    return _Spaced([[F(way + end_of(data_type, path).lookup) for path in part] for part in data_type.display])
