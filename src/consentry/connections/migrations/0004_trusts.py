"""Decisions from a trust say so; one cross-site question: where every app stands at the schools of a trust."""

import django.db.models.deletion
from django.db import migrations, models

CONNECTIONS_OF_TRUST = """
create function connections_of_trust(asking_trust bigint)
returns table (
    school_id bigint, connection_id bigint, app_id bigint, state text, asked_id bigint, version_id bigint, moves int,
    requested_at timestamptz, decided_at timestamptz, decided_by_id bigint, decided_from_id bigint
)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.school_id, c.id, c.app_id, c.state, c.asked_id, c.version_id, c.moves,
           c.requested_at, c.decided_at, c.decided_by_id, c.decided_from_id
    from schools_site s
    join connections_connection c on c.school_id = s.id
    where s.trust_id = asking_trust
      and asking_trust = nullif(current_setting('app.school', true), '')::bigint
$$;
revoke execute on function connections_of_trust(bigint) from public;
"""


class Migration(migrations.Migration):
    """The column and the function. It answers for the trust alone that the transaction has entered."""

    dependencies = [("connections", "0003_wall"), ("schools", "0002_terms_and_addresses")]

    operations = [
        migrations.AddField(
            "connection",
            "decided_from",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"
            ),
        ),
        migrations.RunSQL(CONNECTIONS_OF_TRUST, "drop function connections_of_trust(bigint)"),
    ]
