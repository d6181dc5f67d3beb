"""What a file says that the records do not: found by sets, before anything is written."""

from django.db import connection

from consentry.imports.applying.sheet import Sheet
from consentry.rules.identity import SchoolId


def compare(sheet: Sheet, school: SchoolId) -> tuple[int, int]:
    """How many records differ, and how many are there already, differing or not.

    Afterwards `sheet.differing` holds what differs with the names of the fields, and `sheet.staged` what is new.
    """
    with connection.cursor() as cursor:
        cursor.execute(_differing(sheet), [school])
        cursor.execute(f"select count(*) from {sheet.differing}")  # noqa: S608 - names of our models
        (differing,) = cursor.fetchone()
        cursor.execute(f"delete from {sheet.staged} s using {sheet.table} r where {_same_record(sheet)}", [school])  # noqa: S608
        return differing, cursor.rowcount


def _same_record(sheet: Sheet) -> str:
    return " and ".join(["r.school_id = %s", *(f"r.{column} = s.{column}" for column in sheet.match)])


def _differing(sheet: Sheet) -> str:
    differs = {sheet.field_of(column): _differs(sheet, column) for column in sheet.compared}
    named = ", ".join(f"case when {test} then '{field}' end" for field, test in differs.items())
    return (
        f"create temp table {sheet.differing} on commit drop as "  # noqa: S608 - names of our models
        f"select r.id as record_id, array_remove(array[{named}]::text[], null) as fields, "
        f"{', '.join(f's.{column}' for column in sheet.columns)} "
        f"from {sheet.staged} s join {sheet.table} r on {_same_record(sheet)} "
        f"where {' or '.join(differs.values()) or 'false'}"
    )


def _differs(sheet: Sheet, column: str) -> str:
    if sheet.keeps(column):
        return f"(s.{column} is not null and r.{column} is distinct from s.{column})"
    return f"(r.{column} is distinct from s.{column})"
