"""Telling apps that their site was wiped; one cross-site question: who is still to be told of what."""

import django.db.models.deletion
from django.db import migrations, models

from consentry.audit.row_security import only_own_site, owner_reads_all_sites

WAITING = """
create function wipe_news_waiting(since timestamptz)
returns table (news_id bigint, school_id bigint, of_ids boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select n.id, n.school_id, occasion.of_ids
    from connections_wipenews n
    join connections_connection c on c.id = n.connection_id and c.state = 'approved'
    join records_wipe w on w.school_id = n.school_id and w.number = n.wipe
    cross join lateral (
        values (false, n.told_wiped_at is null and w.at > since),
               (true, n.told_ids_at is null and w.filled_at > since)
    ) as occasion (of_ids, is_due)
    where occasion.is_due
    order by n.id
$$;
revoke execute on function wipe_news_waiting(timestamptz) from public;
"""


class Migration(migrations.Migration):
    """The table, its policies and the function."""

    dependencies = [
        ("connections", "0004_trusts"),
        ("records", "0004_former_records"),
        ("schools", "0002_terms_and_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="WipeNews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wipe", models.PositiveIntegerField()),
                ("told_wiped_at", models.DateTimeField(null=True)),
                ("told_ids_at", models.DateTimeField(null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="connections.connection"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("school"), models.F("wipe"), models.F("connection"), name="one_news_a_wipe"
                    )
                ],
            },
        ),
        only_own_site("connections_wipenews"),
        owner_reads_all_sites("connections_wipenews"),
        migrations.RunSQL(WAITING, "drop function wipe_news_waiting(timestamptz)"),
    ]
