"""The door in front of a page: who may pass is read by the statement that reads the data and records the passing."""

from collections.abc import Sequence
from functools import cache

from consentry.connections.reading.statement import Statement, number_places
from consentry.records.compiling.json_text import literal
from consentry.records.compiling.page import BODY, OPENED, CompiledPage
from consentry.records.compiling.places import Place

GATE = "(select door = 'open' from judged)"
"""The one-time filter of every page: without an open door no row is read."""

_JUDGED = """
judged as materialized (
    select a.id as app, c.id as connection, c.version_id as version, case
        when not case when %s::bigint is not null
            then exists (
                select 1 from partners_credential k
                where k.id = %s::bigint and k.app_id = a.id and k.revoked_at is null
            )
            else exists (select 1 from oauth2_provider_accesstoken t where t.id = %s::bigint and t.expires > now())
        end then 'credential'
        when a.suspended_at is not null then 'suspended'
        when c.state is null then 'none'
        when c.state <> 'approved' then c.state
        when not (a.is_live or s.life = 'dummy') then 'not live'
        when c.version_id is distinct from %s::bigint then 'moved'
        else 'open'
    end as door
    from partners_app a
    join schools_site s on s.id = %s::bigint
    left join connections_connection c on c.app_id = a.id and c.school_id = %s::bigint
    where a.id = %s::bigint
)
"""
_JUDGED_PLACES = (
    Place("credential", "bigint"), Place("credential", "bigint"), Place("token", "bigint"), Place("version", "bigint"),
    Place("school", "bigint"), Place("school", "bigint"), Place("app", "bigint"),
)  # fmt: skip

_NOTED = """
noted as (
    insert into connections_accessevent
        (school_id, app_id, connection_id, version_id, at, surface, outcome, why, data_type, fields, records, expanded)
    select %s::bigint, j.app, j.connection, j.version, now(), {surface}, {outcome}, {why}, {data_type}, {fields},
        p.ids, {expanded}
    from judged j cross join page p where j.door <> 'moved'
)
"""
_TOLD = "select p.body, p.n, {last}, j.door, j.version from page p left join judged j on true"
_PIECES = f"""
union all select string_agg({BODY}, ','), null, piece, null, null
from (select {BODY}, row_number() over () / 100 as piece from drawn) numbered group by piece
"""  # noqa: S608 - of constants
_SCHOOL = Place("school", "bigint")

_ENTER = (
    "select set_config('app.school', $1, true), set_config('plan_cache_mode', $2, true), "
    "set_config('enable_sort', $3, true), set_config('statement_timeout', '10s', true)"
)
ENTER = Statement(_ENTER, ("school", "planning", "sorting"))
ENTER_FAST = Statement(f"{_ENTER}, set_config('synchronous_commit', 'off', true)", ("school", "planning", "sorting"))
"""First in every round trip: the site whose rows this transaction may see, and how the page is to be planned
(plans.Plan says when not by sorting).

No call may take longer than ten seconds. The fast one does not wait for the disk.
"""


def behind_door(
    page: CompiledPage, *, surface: str, data_type: str, fields: Sequence[str], is_large: bool = False
) -> Statement:
    """One statement: judge the caller, read the page if the door is open, record it, and tell how the door stood.

    Columns: body (the records' JSON texts with commas between), how many, the last id, how the door stands, the version
    in force. A call that may not pass reads nothing and is recorded as refused.

    A large page comes in pieces, a row for the texts of some records each, numbered in the column of the last id, and
    without a body in the first row: putting megabytes into one text is a third of PostgreSQL's work on it, and taking
    ten thousand rows apart is most of ours.
    """
    ids = f"array_agg(id) as ids, count(*) as n, {_expanded(page.opened)} as expanded"
    told = _TOLD.format(last="p.ids[p.n]")
    if is_large:
        rows, body = f"drawn as materialized ({page.sql})", "null::text"
        told += _PIECES
    else:
        rows, body = f"drawn as not materialized ({page.sql})", f"string_agg({BODY}, ',')"
    inner = f"{rows}, page as materialized (select {body} as body, {ids} from drawn)"  # noqa: S608 - as below
    noted = _NOTED.format(
        surface=literal(surface),
        outcome="case when j.door = 'open' then 'served' else 'refused' end",
        why="nullif(j.door, 'open')",
        data_type=literal(data_type),
        fields="array[" + ", ".join(map(literal, fields)) + "]::text[]",
        expanded="p.expanded",
    )
    sql = (
        f"with {_JUDGED}, {inner}, {noted} {told}"  # put together from the compiler's own text; every value is a place
    )
    return number_places(sql, [*_JUDGED_PLACES, *page.places, _SCHOOL])


@cache
def closed_door(surface: str) -> Statement:
    """The same without a page: for a call that was refused before it could read, so that it goes on record too.

    One statement for all: what was asked for is a value, so that callers cannot fill the server with statements.
    """
    page = "page as materialized (select null::text as body, null::bigint[] as ids, 0::bigint as n)"
    noted = _NOTED.format(
        surface=literal(surface),
        outcome="'refused'",
        why="case when j.door = 'open' then %s::text else j.door end",
        data_type="%s::text",
        fields="%s::text[]",
        expanded="null::jsonb",
    )
    sql = f"with {_JUDGED}, {page}, {noted} {_TOLD.format(last='null::bigint')}"
    noted_places = (_SCHOOL, Place("why", "text"), Place("data_type", "text"), Place("fields", "text[]"))
    return number_places(sql, [*_JUDGED_PLACES, *noted_places])


def _expanded(opened: Sequence[str]) -> str:
    """The ids of the records opened up, each once, by data type, as {data type: [ids]}."""
    if not opened:
        return "null::jsonb"
    columns: dict[str, list[str]] = {}
    for position, data_type in enumerate(opened):
        columns.setdefault(data_type, []).append(f"nullif({OPENED}{position}, '')")
    pairs = []
    for data_type, texts in columns.items():
        joined = f"string_agg(nullif(concat_ws(',', {', '.join(texts)}), ''), ',')"
        ids = f"('{{' || coalesce({joined}, '') || '}}')::bigint[]"
        pairs.append(f"{literal(data_type)}, to_jsonb(array(select distinct unnest({ids})))")
    return f"jsonb_build_object({', '.join(pairs)})"
