"""Writing one column of many records: one statement, and one line of history for each record."""

from collections.abc import Mapping

from django.db import connection

from consentry.audit.change import Change
from consentry.records.catalogue import camel_case, name_of
from consentry.records.fields import Reference
from consentry.records.models.base import Record

_TELL = """
insert into records_recordchange (school_id, revision, entity_type, record_id, fields)
select %s, %s, %s, id, jsonb_build_array(%s::text) from unnest(%s::bigint[]) as told (id)
"""


def write_column(
    this: Change, model: type[Record], name: str, values: Mapping[int, int | str | None], *, revision: int
) -> None:
    """Each of these records of the site of the open change says this from now on, in this revision.

    `name` is the field's, of a reference too; its values are ids then. The caller has locked the records.
    """
    if not values:
        return
    column = f"{name}_id" if isinstance(model._meta.get_field(name), Reference) else name
    kind = model._meta.get_field(column).db_type(connection)
    ids = list(values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {model._meta.db_table} r set {column} = said.value, revision_id = %s "  # noqa: S608 - of our models
            f"from unnest(%s::bigint[], %s::{kind}[]) as said (id, value) where r.school_id = %s and r.id = said.id",
            [revision, ids, list(values.values()), this.school],
        )
        cursor.execute(_TELL, [this.school, revision, name_of(model), camel_case(name), ids])
