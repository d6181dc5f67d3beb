"""Giving a school the code lists that the program comes with."""

import json
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from psycopg import sql

from consentry.audit.change import Change
from consentry.records.code_lists import code_list_entries
from consentry.records.models.code_list import CodeList


@dataclass(frozen=True)
class _List:
    """One code list as it is shipped: the statement that adds what is missing, and all entries as JSON."""

    statement: sql.Composed
    entries: str


def load_code_lists(this: Change, *, revision: int) -> int:
    """Add the entries that the site of the open change does not have yet, at this revision; how many were added.

    An entry is known by its code. What the school has changed in an entry, or made inactive, stays so. The caller, who
    knows the occasion, records the event. Every school gets the same 700 entries, so PostgreSQL makes the rows of what
    was prepared once.
    """
    with connection.cursor() as cursor:
        added = 0
        for each in _lists():
            cursor.execute(each.statement, {"school": this.school, "revision": revision, "entries": each.entries})
            added += cursor.rowcount
    return added


@cache
def _lists() -> list[_List]:
    return [
        _prepared([apps.get_model("records", name)(**entry) for entry in entries])
        for name, entries in code_list_entries().items()
    ]


_ADD_MISSING = sql.SQL("""
insert into {table} (school_id, revision_id, {columns})
select %(school)s, %(revision)s, {columns}
from json_populate_recordset(null::{table}, %(entries)s) as entry
where not exists (select from {table} as known where known.school_id = %(school)s and known.code = entry.code)
order by data_order
""")


def _prepared(entries: list[CodeList]) -> _List:
    of_the_school = {"school", "id", "revision_id"}
    fields = [each for each in entries[0]._meta.local_concrete_fields if each.name not in of_the_school]
    rows = [{str(each.column): each.value_from_object(entry) for each in fields} for entry in entries]
    columns = sql.SQL(", ").join([sql.Identifier(name) for name in rows[0]])
    statement = _ADD_MISSING.format(table=sql.Identifier(entries[0]._meta.db_table), columns=columns)
    return _List(statement, json.dumps(rows, cls=DjangoJSONEncoder))
