"""One page of the id map of a data type: which id of before a wipe is which now, ready to be put behind a door."""

from consentry.records.compiling.json_text import literal
from consentry.records.compiling.page import BODY, OPENED, CompiledPage
from consentry.records.compiling.places import Place
from consentry.rules.asks import Ask

FORMER_ID = "formerId"
"""Stands on record as what was told: no field of the catalogue has this name."""


def compile_id_map(ask: Ask, *, gate: str) -> CompiledPage:
    """The statement that lists the former ids in their order, each with the new one or null. `gate` as of any page.

    Places: school, after, size, skip. The new ids go on record as what the old ones were opened up to.
    """
    head = literal(f'{{"entityType":"{ask.data_type}","oldId":')
    after: tuple[object, ...] = (Place("after", "bigint"),) if ask.after else ()
    sql = (
        f"select f.former_id as id, {head} || f.former_id || ',\"newId\":' || coalesce(f.new_id::text, 'null') || '}}' "
        f"as {BODY}, coalesce(f.new_id::text, '') as {OPENED}0 from records_formerrecord f "
        f"where f.school_id = %s::bigint and {gate} and f.entity_type = {literal(ask.data_type)}"
        f"{' and f.former_id > %s::bigint' if ask.after else ''} "
        "order by f.former_id limit %s::bigint offset %s::bigint"
    )
    places = (Place("school", "bigint"), *after, Place("size", "bigint"), Place("skip", "bigint"))
    return CompiledPage(sql, places, (ask.data_type,))
