"""Connections and access events: seen by their own site alone, events append-only; one cross-site question."""

from django.db import migrations

from consentry.audit.row_security import append_only, only_own_site, owner_reads_all_sites

CONNECTIONS_OF_APP = """
create function connections_of_app(asking_app bigint)
returns table (school_id bigint, slug text, site_name text, life text, state text, version_number int)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.id, s.slug, s.name, s.life, c.state, v.number
    from connections_connection c
    join schools_site s on s.id = c.school_id
    left join partners_permissionsetversion v on v.id = c.version_id
    where c.app_id = asking_app
    order by s.name
$$;
revoke execute on function connections_of_app(bigint) from public;
"""


class Migration(migrations.Migration):
    """The policies, the triggers and the function."""

    dependencies = [("connections", "0002_references"), ("audit", "0002_wall")]

    operations = [
        only_own_site("connections_connection"),
        owner_reads_all_sites("connections_connection"),
        only_own_site("connections_accessevent"),
        append_only("connections_accessevent"),
        migrations.RunSQL(
            "alter table connections_accessevent alter column records set storage external;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(CONNECTIONS_OF_APP, "drop function connections_of_app(bigint)"),
    ]
