"""The user tags of a record: names and values that apps keep on it."""

from typing import Any

from django.db.models import Expression, F, TextField
from django.db.models.expressions import Combinable

from consentry.records.compiling.json_text import literal

_TAGS = (
    "coalesce((select '{{' || "
    "string_agg(to_json(u.name)::text || ':' || to_json(u.value)::text, ',' order by u.name) || '}}' "
    "from records_usertag u "
    "where u.school_id = {school} and u.entity_type = {entity_type} and u.record_id = {id}), '[]')"
)


class _Tags(Expression):
    """The tags of the record whose school and id are given."""

    def __init__(self, entity_type: str, school: Combinable, record_id: Combinable) -> None:
        super().__init__(output_field=TextField())
        self.entity_type = entity_type
        self.sources = [school, record_id]

    def get_source_expressions(self) -> list[Any]:
        return self.sources

    def set_source_expressions(self, exprs: Any) -> None:
        self.sources = list(exprs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """One correlated subquery."""
        (school, _), (record_id, _) = (compiler.compile(source) for source in self.sources)
        return _TAGS.format(school=school, entity_type=literal(self.entity_type), id=record_id), []


def tags_text(data_type: str, way: str) -> Expression:
    """`{"name":"value",…}`, or `[]` where there are none (as the apps of the field expect it)."""
    return _Tags(data_type, F(f"{way}school_id"), F(f"{way}id"))
