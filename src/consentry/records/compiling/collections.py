"""Fields that list other records: a subquery that joins the texts of the members."""

from typing import Any

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.expressions import Combinable

from consentry.records.catalogue import declared, model_of
from consentry.records.models.base import Record
from consentry.rules.catalogue import DataType


def members(data_type: DataType, name: str) -> tuple[type[Record], str]:
    """The model of the members of this collection, and its attribute that points back here."""
    collection = declared(model_of(data_type.name)).collections[name]
    return model_of(collection.data_type), collection.by


class Gathered(Subquery):
    """The texts of all members of one record's collection, by their ids, with something between; '' if none."""

    def __init__(self, member: tuple[type[Record], str], body: Combinable, way: str, *, between: str) -> None:
        model, by = member
        here = model._base_manager.filter(school_id=OuterRef(f"{way}school_id"), **{f"{by}_id": OuterRef(f"{way}id")})
        super().__init__(here.order_by("id").values(text_=body), output_field=TextField())
        self.between = between

    def as_sql(self, compiler: Any, connection: Any, template: str | None = None, **context: Any) -> Any:
        """The aggregate over the ordered subquery."""
        form = f"coalesce((select string_agg(m.text_, '{self.between}') from (%(subquery)s) m), '')"
        return super().as_sql(compiler, connection, template=form, **context)
