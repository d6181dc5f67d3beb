"""Reviews of wider versions, receipts of decisions; two cross-site questions: who is behind, what is to be mailed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from consentry.audit.row_security import append_only, only_own_site, owner_reads_all_sites

BEHIND = """
create function connections_behind(of_app bigint, most int)
returns table (school_id bigint, connection_id bigint, app_id bigint, app_name text)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.school_id, c.id, a.id, a.name
    from connections_connection c
    join partners_app a on a.id = c.app_id
    cross join lateral (
        select v.id from partners_permissionsetversion v where v.app_id = c.app_id order by v.number desc limit 1
    ) newest
    where coalesce(c.follows_id, c.asked_id) <> newest.id and (of_app is null or c.app_id = of_app)
    order by c.id
    limit most
$$;
revoke execute on function connections_behind(bigint, int) from public;
"""

MAILS_WAITING = """
create function receipt_mails_waiting(since timestamptz)
returns table (mail_id bigint, school_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.id, m.school_id from connections_receiptmail m
    where m.mailed_at is null and m.made_at > since
    order by m.made_at, m.id
    limit 200
$$;
revoke execute on function receipt_mails_waiting(timestamptz) from public;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0005_wipe_news"),
        ("partners", "0003_companies_and_what_schools_ask"),
        ("people", "0005_operators"),
        ("schools", "0002_terms_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="follows",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.permissionsetversion",
            ),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.TextField(
                        choices=[
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("review accepted", "Change accepted"),
                            ("review declined", "Change declined"),
                            ("narrowed", "The app now asks for less"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField()),
                ("content", models.JSONField()),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="connections.connection",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReceiptMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="connections.receipt"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("made_at"), condition=models.Q(("mailed_at", None)), name="receipt_to_mail")
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("receipt"), models.F("account"), name="receipt_mailed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "Waiting"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("moves", models.PositiveIntegerField(default=1)),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.permissionsetversion",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.permissionsetversion",
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="connections.connection"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("connection"), models.F("after"), name="one_review_a_version"),
                    models.UniqueConstraint(
                        models.F("connection"),
                        condition=models.Q(("state", "open")),
                        name="one_open_review_a_connection",
                    ),
                ],
            },
        ),
        only_own_site("connections_review"),
        owner_reads_all_sites("connections_review"),
        only_own_site("connections_receipt"),
        append_only("connections_receipt"),
        only_own_site("connections_receiptmail"),
        owner_reads_all_sites("connections_receiptmail"),
        migrations.RunSQL(BEHIND, "drop function connections_behind(bigint, int)"),
        migrations.RunSQL(MAILS_WAITING, "drop function receipt_mails_waiting(timestamptz)"),
    ]
