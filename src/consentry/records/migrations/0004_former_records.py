"""Wipes of dummy sites, and what is left of the records: seen by their own site alone."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from consentry.audit.row_security import only_own_site, owner_reads_all_sites

# As in 0002, but for the wiping of a site, which marks all of its entries at once: joined to 50,000 removed records
# whose number PostgreSQL cannot know, they might be found by reading these once for each.
REGISTER_GONE = """
create or replace function register_gone_records() returns trigger language plpgsql as $$
declare
    revision constant bigint := current_setting('app.revision')::bigint;
begin
    if current_setting('app.wiping', true) = 'on' then
        return null;
    end if;
    update records_registerentry as entry set deleted_revision = revision
    from removed
    where entry.school_id = removed.school_id and entry.entity_type = tg_argv[0] and entry.record_id = removed.id;
    return null;
end $$;
"""
REGISTER_GONE_BEFORE = """
create or replace function register_gone_records() returns trigger language plpgsql as $$
declare
    revision constant bigint := current_setting('app.revision')::bigint;
begin
    update records_registerentry as entry set deleted_revision = revision
    from removed
    where entry.school_id = removed.school_id and entry.entity_type = tg_argv[0] and entry.record_id = removed.id;
    return null;
end $$;
"""


class Migration(migrations.Migration):
    """The tables and their policies."""

    dependencies = [
        ("records", "0003_codes_in_addresses"),
        ("schools", "0002_terms_and_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wipe",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "school_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("revision", models.BigIntegerField()),
                ("became", models.TextField()),
                ("records", models.BigIntegerField()),
                ("filled_at", models.DateTimeField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "school_id",
                        "entity_type",
                        "former_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entity_type", models.TextField()),
                ("former_id", models.BigIntegerField()),
                ("wipe", models.PositiveIntegerField()),
                ("key", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), null=True, size=None)),
                (
                    "match",
                    models.TextField(
                        choices=[
                            ("matched", "Matched"),
                            ("missing", "No record with this key"),
                            ("ambiguous", "More than one record with this key"),
                            ("no key", "Nothing to know it by"),
                        ]
                    ),
                ),
                ("new_id", models.BigIntegerField(null=True)),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.site",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("school"),
                        models.F("entity_type"),
                        models.F("former_id"),
                        condition=models.Q(("match", "matched"), _negated=True),
                        name="former_unmatched",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("match", "matched"), ("new_id__isnull", False)),
                            models.Q(models.Q(("match", "matched"), _negated=True), ("new_id", None)),
                            _connector="OR",
                        ),
                        name="matched_has_new_id",
                    )
                ],
            },
        ),
        migrations.RunSQL(REGISTER_GONE, REGISTER_GONE_BEFORE),
        only_own_site("records_wipe"),
        owner_reads_all_sites("records_wipe"),
        only_own_site("records_formerrecord"),
    ]
