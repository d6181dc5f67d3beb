"""Matching former records with those of today: one statement for each data type, in the order of their keys."""

from django.db import connection

from consentry.audit.change import Change
from consentry.records.catalogue import name_of
from consentry.records.former.known_by import in_order, of_before, of_today
from consentry.rules.identity import SchoolId

_JUDGE = """
with before as ({before}),
today as ({today}),
pairs as (
    select distinct b.former_id, b.wipe, t.id
    from before b join today t on t.key = b.key
    where array_position(b.key, null) is null and not exists (
        select from records_formerrecord taken
        where taken.school_id = %(school)s and taken.entity_type = %(type)s and taken.wipe = b.wipe
            and taken.match = 'matched' and taken.new_id = t.id
    )
),
judged as (
    select former_id, min(id) as id, count(*) = 1 and max(befores) = 1 as is_one
    from (select former_id, id, count(*) over (partition by wipe, id) as befores from pairs) counted
    group by former_id
)
update records_formerrecord f
set match = case when is_one then 'matched' else 'ambiguous' end, new_id = case when is_one then judged.id end
from judged
where f.school_id = %(school)s and f.entity_type = %(type)s and f.former_id = judged.former_id
    and (is_one or f.match <> 'ambiguous')
"""

_WAITING = """
select distinct entity_type from records_formerrecord
where school_id = %s and match <> 'matched' and match <> 'no key'
"""

_FILLED = """
update records_wipe set filled_at = %(at)s where school_id = %(school)s and filled_at is null
    and number = (select max(number) from records_wipe where school_id = %(school)s)
"""


def match_former(this: Change) -> None:
    """Find the former records of the site of the open change among those of today; nothing where it was never wiped.

    A key that two records share matches nothing. What is matched stays so. Whoever calls it has the site's turn
    (`take_turn`), as importers have.
    """
    waiting = _types_waiting(this.school)
    if not waiting:
        return
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")  # of what was written just now there are no statistics
        for model in in_order():
            if name_of(model) in waiting:
                sql = _JUDGE.format(before=of_before(model), today=of_today(model))
                cursor.execute(sql, {"school": this.school, "type": name_of(model)})
        cursor.execute("set local enable_nestloop to default")


def note_filled(this: Change) -> None:
    """New records have come into a site that was wiped: from now on new ids can be read."""
    with connection.cursor() as cursor:
        cursor.execute(_FILLED, {"at": this.at, "school": this.school})


def _types_waiting(school: SchoolId) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [school])
        return {name for (name,) in cursor.fetchall()}
