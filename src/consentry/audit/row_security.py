"""The second wall: PostgreSQL row security, as operations for migrations."""

from django.db.migrations.operations import RunSQL

_SITE = "nullif(current_setting('app.school', true), '')::bigint"


def only_own_site(table: str, *, column: str = "school_id", also_platform: bool = False) -> RunSQL:
    """Rows of this table can be seen and written only in a transaction that entered their site, by any role.

    `also_platform` lets the rows of no site (0) through as well.
    """
    own = f"({column} = {_SITE} or {column} = 0)" if also_platform else f"{column} = {_SITE}"
    return RunSQL(
        f"alter table {table} enable row level security;"
        f"alter table {table} force row level security;"
        f"create policy own_site on {table} using ({own}) with check ({own});",
        f"drop policy own_site on {table}; alter table {table} disable row level security;",
    )


def owner_reads_all_sites(table: str) -> RunSQL:
    """Let the role that owns the schema read this table across sites: for the few named cross-site functions."""
    return RunSQL(
        f"create policy owner_reads on {table} for select to current_user using (true);",
        f"drop policy owner_reads on {table};",
    )


def append_only(table: str) -> RunSQL:
    """UPDATE, DELETE and TRUNCATE of this table are refused, whoever asks. Needs the function of audit 0002."""
    return RunSQL(
        f"create trigger refuse_change before update or delete on {table} "
        f"for each row execute function refuse_change();"
        f"create trigger refuse_truncate before truncate on {table} "
        f"for each statement execute function refuse_change();",
        f"drop trigger refuse_change on {table}; drop trigger refuse_truncate on {table};",
    )
