"""What the operator's side asks: former versions of what was asked for, and questions across sites."""

import django.core.validators
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT

from consentry.audit.row_security import append_only, owner_reads_all_sites

LEFT_WAITING = """
create function returns_left_waiting()
returns table (school_id bigint, collector_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.school_id, m.collector_id from returns_submission m
    join returns_collector c on c.id = m.collector_id
    where m.state = 'waiting' and c.status = 'discontinued'
    order by m.id
$$;
revoke execute on function returns_left_waiting() from public;
"""

AT_STAKE = """
create function returns_at_stake(asked bigint)
returns table (consents bigint, waiting bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select
        (select count(*) from returns_consent where collector_id = asked and ended_at is null),
        (select count(*) from returns_submission where collector_id = asked and state = 'waiting')
$$;
revoke execute on function returns_at_stake(bigint) from public;
"""

LAST_RECEIVED = """
create function returns_last_received()
returns table (collector_id bigint, received_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.id, (
        select m.ended_at from returns_submission m
        where m.collector_id = c.id and m.state = 'received'
        order by m.ended_at desc limit 1
    )
    from returns_collector c
$$;
revoke execute on function returns_last_received() from public;
"""

SCHOOLS = """
create function returns_schools(asked bigint, on_day date)
returns table (
    school_id bigint, given_at timestamptz, run text, state text, ending text, attempts smallint,
    next_at timestamptz, ended_at timestamptz, outcome text, status smallint
)
language sql stable security definer set search_path = public, pg_temp as $$
    select school_id, n.given_at, m.run, m.state, m.ending, m.attempts, m.next_at, m.ended_at, t.outcome, t.status
    from (
        select e.school_id, e.given_at from returns_consent e join returns_collector c on c.id = e.collector_id
        where e.collector_id = asked and e.ended_at is null and e.version >= c.consent_from
    ) n
    full join (
        select distinct on (s.school_id) s.* from returns_submission s
        where s.collector_id = asked and s.day = on_day and s.in_force
        order by s.school_id, s.made_at desc, s.id desc
    ) m using (school_id)
    left join lateral (
        select a.outcome, a.status from returns_attempt a
        where a.submission_id = m.id order by a.number desc limit 1
    ) t on true
$$;
revoke execute on function returns_schools(bigint, date) from public;
"""


class Migration(migrations.Migration):
    """The former versions, the authority of a local collector, what the operator's desk looks rows up by."""

    dependencies = [("returns", "0002_wall")]

    operations = [
        migrations.CreateModel(
            name="FormerScope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.TextField()),
                ("purpose", models.TextField()),
                (
                    "granularity",
                    models.TextField(
                        choices=[
                            ("crosstab", "Each attendance code within each year group"),
                            ("marginals", "Totals of each attendance code, and of each year group"),
                        ]
                    ),
                ),
                ("format", models.TextField(choices=[("json", "JSON"), ("csv", "CSV")])),
                (
                    "window_previous",
                    models.PositiveSmallIntegerField(
                        default=7, validators=[django.core.validators.MaxValueValidator(45)]
                    ),
                ),
                (
                    "window_unit",
                    models.TextField(
                        choices=[
                            ("calendar", "calendar days"),
                            ("weekday", "weekdays"),
                            ("working", "working days"),
                            ("school", "school days"),
                        ]
                    ),
                ),
                (
                    "suppress_below",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(20)]
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("until", models.DateTimeField()),
                ("collector", models.ForeignKey(on_delete=PROTECT, related_name="+", to="returns.collector")),
            ],
        ),
        migrations.AddConstraint(
            model_name="formerscope",
            constraint=models.UniqueConstraint(F("collector"), F("version"), name="one_former_scope_a_version"),
        ),
        append_only("returns_formerscope"),
        migrations.AddField(model_name="collector", name="is_local", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="collector",
            constraint=models.CheckConstraint(
                condition=~Q(status="active") | Q(is_local=False) | ~Q(local_authority=""),
                name="active_local_collector_names_authority",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="ending",
            field=models.TextField(
                choices=[
                    (name, name)
                    for name in (
                        "not_sendable",
                        "refused",
                        "credentials_refused",
                        "given_up",
                        "consent_removed",
                        "discontinued",
                        "suspended",
                        "replaced",
                    )
                ],
                default="",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(F("collector"), F("day"), condition=Q(in_force=True), name="submissions_of_day"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                F("collector"), F("ended_at").desc(), condition=Q(state="received"), name="submissions_last_received"
            ),
        ),
        owner_reads_all_sites("returns_attempt"),
        migrations.RunSQL(LEFT_WAITING, "drop function returns_left_waiting()"),
        migrations.RunSQL(AT_STAKE, "drop function returns_at_stake(bigint)"),
        migrations.RunSQL(LAST_RECEIVED, "drop function returns_last_received()"),
        migrations.RunSQL(SCHOOLS, "drop function returns_schools(bigint, date)"),
    ]
