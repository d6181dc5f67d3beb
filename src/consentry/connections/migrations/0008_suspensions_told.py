"""When a site was told of a suspension; which sites are to be told; and who is behind, from one connection on."""

from importlib import import_module

from django.db import migrations, models

BEHIND = import_module("consentry.connections.migrations.0006_reviews_and_receipts").BEHIND

TO_TELL = """
create function suspensions_to_tell(behind_connection bigint, most int)
returns table (school_id bigint, connection_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.school_id, c.id
    from connections_connection c
    join partners_app a on a.id = c.app_id
    join partners_company o on o.id = a.company_id
    where c.state = 'approved' and a.suspended_at is distinct from c.suspension_told_at
      and o.sandbox_id is distinct from c.school_id and c.id > behind_connection
    order by c.id
    limit most
$$;
revoke execute on function suspensions_to_tell(bigint, int) from public;
"""

BEHIND_FROM = """
create function connections_behind(of_app bigint, behind_connection bigint, most int)
returns table (school_id bigint, connection_id bigint, app_id bigint, app_name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.school_id, c.id, a.id, a.name
    from connections_connection c
    join partners_app a on a.id = c.app_id
    cross join lateral (
        select v.id from partners_permissionsetversion v where v.app_id = c.app_id order by v.number desc limit 1
    ) newest
    where coalesce(c.follows_id, c.asked_id) <> newest.id and (of_app is null or c.app_id = of_app)
      and c.id > behind_connection
    order by c.id
    limit most
$$;
revoke execute on function connections_behind(bigint, bigint, int) from public;
"""


class Migration(migrations.Migration):
    dependencies = [("connections", "0007_refused_calls"), ("partners", "0005_token_chains")]

    operations = [
        migrations.AddField("connection", "suspension_told_at", models.DateTimeField(null=True)),
        migrations.RunSQL(TO_TELL, "drop function suspensions_to_tell(bigint, int)"),
        migrations.RunSQL("drop function connections_behind(bigint, int)", BEHIND),
        migrations.RunSQL(BEHIND_FROM, "drop function connections_behind(bigint, bigint, int)"),
    ]
