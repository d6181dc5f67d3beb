"""Writing what was found: new records are inserted, differing ones updated, and each change goes on record.

The revision is taken last, so that nobody who writes at the same school waits for an import. Rows are therefore written
with the number that will be the next unless somebody else takes it; then, and only then, they are numbered again.
"""

from collections.abc import Iterable, Iterator

from django.db import connection

from consentry.audit.change import Change
from consentry.imports.applying.sheet import Sheet
from consentry.records.actions.analyze_new_tables import analyze_new_tables
from consentry.records.models import RevisionCounter
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import SchoolId

PAGES_AT_ONCE = 512  # pages of staged rows that one statement inserts: about 50,000 marks
_MANY = 500  # rows that need statistics before others refer to them

_OURS = "xmin = pg_current_xact_id()::xid"  # rows written by this transaction


def expected_revision(school: SchoolId) -> int:
    """The number that the next revision will have if nobody is faster. Locks nothing."""
    last = RevisionCounter.objects.filter(school=school).values_list("last", flat=True).first()
    return (last or 0) + 1


def write(sheet: Sheet, school: SchoolId, revision: int) -> Iterator[int]:
    """Update what differs and insert what is new, in portions; how many rows each portion wrote."""
    with connection.cursor() as cursor:
        if sheet.compared:
            cursor.execute(_update(sheet), [revision, school])
            yield cursor.rowcount
        cursor.execute("select pg_relation_size(%s) / current_setting('block_size')::int", [sheet.staged])
        (pages,) = cursor.fetchone()
        added = 0
        for page in range(0, pages, PAGES_AT_ONCE):
            cursor.execute(_insert(sheet), [school, revision, f"({page},0)", f"({page + PAGES_AT_ONCE},0)"])
            added += cursor.rowcount
            yield cursor.rowcount
    if added >= _MANY:
        analyze_new_tables(sheet.model)


def number(this: Change, sheets: Iterable[Sheet], expected: int) -> int:
    """Take the revision of what was written, and record which fields changed."""
    taken = take_revision(this)
    with connection.cursor() as cursor:
        for sheet in sheets:
            if taken != expected:
                cursor.execute(
                    f"update {sheet.table} set revision_id = %s where school_id = %s and revision_id = %s and {_OURS}",  # noqa: S608
                    [taken, this.school, expected],
                )
            cursor.execute(
                "insert into records_recordchange (school_id, revision, entity_type, record_id, fields) "  # noqa: S608
                f"select %s, %s, %s, record_id, to_jsonb(fields) from {sheet.differing}",
                [this.school, taken, sheet.data_type],
            )
        if taken != expected:
            cursor.execute(
                "update records_registerentry set created_revision = %s "  # noqa: S608
                f"where school_id = %s and created_revision = %s and {_OURS}",
                [taken, this.school, expected],
            )
            cursor.execute(
                f"update records_markchange set revision = %s where school_id = %s and revision = %s and {_OURS}",  # noqa: S608
                [taken, this.school, expected],
            )
    return taken


def _insert(sheet: Sheet) -> str:
    columns = ", ".join(sheet.columns)
    return (
        f"insert into {sheet.table} (school_id, revision_id, {columns}) "  # noqa: S608 - names of our models
        f"select %s, %s, {columns} from {sheet.staged} where ctid >= %s::tid and ctid < %s::tid"
    )


def _update(sheet: Sheet) -> str:
    said = [f"{column} = {_said(sheet, column)}" for column in (*sheet.compared, *sheet.along)]
    return (
        f"update {sheet.table} r set revision_id = %s, {', '.join(said)} "  # noqa: S608 - names of our models
        f"from {sheet.differing} d where r.school_id = %s and r.id = d.record_id"
    )


def _said(sheet: Sheet, column: str) -> str:
    return f"coalesce(d.{column}, r.{column})" if sheet.keeps(column) else f"d.{column}"
