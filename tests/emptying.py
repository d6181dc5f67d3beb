"""A database that is used by one test after the other, and emptied in between.

To empty the few tables that a test wrote to takes a tenth of the time of copying a database, and the program's
connection keeps what it knows. Whatever a test did beyond rows (a table made or altered, statistics gathered, a million
rows) is noticed, and the database is made anew.
"""

import time
from dataclasses import dataclass
from typing import Final, LiteralString

import psycopg
import psycopg.conninfo

_ROWS: Final = 8 * 1024 * 1024
"""A table of more bytes than this is not worth emptying."""

_TIMES: Final = 50
"""How often a database is emptied: deleted rows stay in its files."""

_CATALOGUES: Final = (
    "pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_policy", "pg_proc", "pg_statistic",
    "pg_trigger", "pg_type",
)  # fmt: skip

_FILLED: Final = ("auth_permission", "django_content_type", "django_migrations")
"""What migrations leave rows in: another row there, or one less, and the database is made anew."""

_SHAPE: Final = " union all ".join(
    f"select '{name}', count(*), count(*) filter (where age(xmin) < age(%(since)s::xid)) from {name}"
    for name in (*_CATALOGUES, *_FILLED)
)

_PREPARE: Final[LiteralString] = f"""
set session_replication_role = replica;
set client_min_messages = warning;
create function pg_temp.filled() returns setof regclass language sql as $$
    select oid::regclass from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0
$$;
create temp table started as
    select oid::regclass as name, pg_sequence_last_value(oid) as last from pg_class where relkind = 'S';
create function pg_temp.empty_all() returns bigint language plpgsql as $$
declare
    each regclass;
    largest bigint := 0;
begin
    for each in select pg_temp.filled() loop
        continue when each::text = any('{{{", ".join(_FILLED)}}}');
        largest := greatest(largest, pg_relation_size(each));
        execute format('delete from %s', each);
    end loop;
    perform setval(name, coalesce(last, seqstart), last is not null)
    from started join pg_sequence on seqrelid = name
    where pg_sequence_last_value(name) is distinct from last;
    return largest;
end $$;
"""

_END_OTHERS: Final = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and pid <> all(%(stay)s)
"""


@dataclass
class EmptiedDatabase:
    """One database, looked after through a connection of a role that passes by every wall and trigger."""

    by: psycopg.Connection
    shape: list[tuple[str, int, int]]
    since: str
    left: int = _TIMES

    @classmethod
    def of(cls, by: psycopg.Connection) -> "EmptiedDatabase":
        """As the database is now, it shall be again after each test."""
        by.execute(_PREPARE)
        filled = {name for (name,) in by.execute("select pg_temp.filled()::text").fetchall()}
        assert filled == set(_FILLED), f"migrations leave rows in {filled ^ set(_FILLED)} as well"
        (since,) = by.execute("select pg_current_xact_id()::text").fetchone() or ("",)
        made = cls(by, [], since)
        made.shape = made._shape()
        return made

    def empty(self, *, stay: list[int]) -> bool:
        """End all connections but those of these processes, and empty what is filled; False: it is to be made anew."""
        self.left -= 1
        self.by.execute(_END_OTHERS, {"stay": [self.by.info.backend_pid, *stay]})
        if not self.left or not self._is_in_shape():
            return False
        (largest,) = self.by.execute("select pg_temp.empty_all()").fetchone() or (0,)
        return int(largest) < _ROWS

    def let_go(self) -> None:
        """End the connection, and wait until the server has seen it: the owner may not end it."""
        known, pid = self.by.info, self.by.info.backend_pid
        elsewhere = psycopg.conninfo.make_conninfo(known.dsn, password=known.password, dbname="postgres")
        gone = "select not exists (select from pg_stat_activity where pid = %s)"
        self.by.close()
        with psycopg.connect(elsewhere, autocommit=True) as other:
            while other.execute(gone, [pid]).fetchone() != (True,):
                time.sleep(0.005)

    def _is_in_shape(self) -> bool:
        try:
            return self._shape() == self.shape
        except psycopg.errors.UndefinedTable:
            return False

    def _shape(self) -> list[tuple[str, int, int]]:
        return self.by.execute(_SHAPE, {"since": self.since}).fetchall()
