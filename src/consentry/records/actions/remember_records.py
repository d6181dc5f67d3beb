"""Remembering a site's records before they are deleted: their ids and what they are known by."""

from collections.abc import Iterator

from django.db import connection

from consentry.audit.change import Change
from consentry.records.catalogue import name_of, record_models
from consentry.records.former.known_by import remembered
from consentry.records.models.base import Record

_REMEMBER = """
insert into records_formerrecord (school_id, entity_type, former_id, wipe, key, match)
select %(school)s, %(type)s, id, %(wipe)s, key, case when key is null then 'no key' else 'missing' end
from ({remembered}) records
"""

_START_ANEW = """
update records_formerrecord set match = 'missing', new_id = null
where school_id = %s and match in ('matched', 'ambiguous')
"""


def remember_records(this: Change, *, wipe: int) -> Iterator[tuple[type[Record], int]]:
    """Write down the records of the site of the open change, type after type; each type and how many it had.

    Those of earlier wipes will be looked for anew: what they were matched with is about to go.
    """
    with connection.cursor() as cursor:
        cursor.execute(_START_ANEW, [this.school])
        cursor.execute("set local enable_nestloop = off")  # the statistics may be older than the last import
        for model in record_models():
            said: dict[str, int | str] = {"school": this.school, "type": name_of(model), "wipe": wipe}
            cursor.execute(_REMEMBER.format(remembered=remembered(model)), said)
            yield model, cursor.rowcount
        cursor.execute("set local enable_nestloop to default")
