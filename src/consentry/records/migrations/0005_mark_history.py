"""The history of attendance marks: written by triggers on the marks, append only, seen by its own site alone."""

import django.db.models.deletion
from django.db import migrations, models

import consentry.records.fields
from consentry.audit.row_security import only_own_site

MARKS, HISTORY = "records_attendancerollcallrecord", "records_markchange"

_LINE = f"""
insert into {HISTORY}
    (school_id, revision, student_id, record_date, session, before, after, minutes_before, minutes_after, reason)
"""
_SESSION = "join records_attendancerollcall s on s.school_id = {0}.school_id and s.id = {0}.attendance_roll_call_id"
_MARK = "join records_attendancemark {1} on {1}.school_id = {0}.school_id and {1}.id = {0}.attendance_mark_id"

# One function a kind of statement: each sees its own transition tables only. A mark that moves to another pupil, day or
# session is one that went there and one that came here, hence the full join by what a mark is a mark of.
CHANGED = f"""
create function tell_of_changed_marks() returns trigger language plpgsql as $$
begin
    {_LINE}
    select x.school_id, coalesce(x.revision_id, (select max(revision_id) from after_it)), x.student_id, x.record_date,
        s.code, b.code, a.code, x.minutes_before, x.minutes_after,
        coalesce(current_setting('app.mark_reason', true), '')
    from (
        select coalesce(n.school_id, o.school_id) as school_id, n.revision_id,
            coalesce(n.student_id, o.student_id) as student_id, coalesce(n.record_date, o.record_date) as record_date,
            coalesce(n.attendance_roll_call_id, o.attendance_roll_call_id) as attendance_roll_call_id,
            o.attendance_mark_id as was, n.attendance_mark_id as is_now,
            o.minutes_late as minutes_before, n.minutes_late as minutes_after
        from before_it o
        full join after_it n on n.school_id = o.school_id and n.student_id = o.student_id
            and n.record_date = o.record_date and n.attendance_roll_call_id = o.attendance_roll_call_id
        where (o.attendance_mark_id, o.minutes_late) is distinct from (n.attendance_mark_id, n.minutes_late)
    ) x
    {_SESSION.format("x")}
    left join records_attendancemark b on b.school_id = x.school_id and b.id = x.was
    left join records_attendancemark a on a.school_id = x.school_id and a.id = x.is_now;
    return null;
end $$;
"""  # noqa: S608 - names of ours
REMOVED = f"""
create function tell_of_removed_marks() returns trigger language plpgsql as $$
begin
    {_LINE}
    select o.school_id, current_setting('app.revision')::bigint, o.student_id, o.record_date,
        s.code, b.code, null, o.minutes_late, null, coalesce(current_setting('app.mark_reason', true), '')
    from before_it o {_SESSION.format("o")} {_MARK.format("o", "b")};
    return null;
end $$;
"""  # noqa: S608 - names of ours
ENTERED = f"""
create function tell_of_entered_marks() returns trigger language plpgsql as $$
begin
    {_LINE}
    select n.school_id, n.revision_id, n.student_id, n.record_date,
        s.code, null, a.code, null, n.minutes_late, coalesce(current_setting('app.mark_reason', true), '')
    from after_it n {_SESSION.format("n")} {_MARK.format("n", "a")};
    return null;
end $$;
"""  # noqa: S608 - names of ours
TRIGGERS = f"""
create trigger tell_of_changed after update on {MARKS}
    referencing old table as before_it new table as after_it
    for each statement execute function tell_of_changed_marks();
create trigger tell_of_removed after delete on {MARKS}
    referencing old table as before_it
    for each statement when (current_setting('app.wiping', true) is distinct from 'on')
    execute function tell_of_removed_marks();
create trigger tell_of_entered after insert on {MARKS}
    referencing new table as after_it
    for each statement when (current_setting('app.taking_register', true) = 'on')
    execute function tell_of_entered_marks();
"""
NO_TRIGGERS = f"""
drop trigger tell_of_changed on {MARKS};
drop trigger tell_of_removed on {MARKS};
drop trigger tell_of_entered on {MARKS};
"""

# Append only from the commit on: until then an importer, which takes its revision last, may number its own lines anew.
# The wiping of a dummy site takes the history with the marks: they tell of the health and religion of pupils.
APPEND_ONLY = f"""
create trigger refuse_change before update on {HISTORY}
    for each row when (old.xmin <> pg_current_xact_id()::xid) execute function refuse_change();
create trigger refuse_removal before delete on {HISTORY}
    for each row when (current_setting('app.wiping', true) is distinct from 'on') execute function refuse_change();
create trigger refuse_truncate before truncate on {HISTORY}
    for each statement execute function refuse_change();
"""
NOT_APPEND_ONLY = f"""
drop trigger refuse_change on {HISTORY};
drop trigger refuse_removal on {HISTORY};
drop trigger refuse_truncate on {HISTORY};
"""


class Migration(migrations.Migration):
    """The table, its policy, and the triggers."""

    dependencies = [
        ("records", "0004_former_records"),
        ("schools", "0002_terms_and_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="MarkChange",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "school_id", "revision", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("revision", models.BigIntegerField()),
                ("id", models.BigIntegerField(db_default=consentry.records.fields.NextRecordId(), editable=False)),
                ("student_id", models.BigIntegerField()),
                ("record_date", models.DateField()),
                ("session", models.TextField()),
                ("before", models.TextField(null=True)),
                ("after", models.TextField(null=True)),
                ("minutes_before", models.SmallIntegerField(null=True)),
                ("minutes_after", models.SmallIntegerField(null=True)),
                ("reason", models.TextField(blank=True, db_default="", default="")),
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
                        models.F("student_id"),
                        models.F("record_date"),
                        name="mark_changes_of_pupil",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before__isnull", False), ("after__isnull", False), _connector="OR"),
                        name="mark_change_of_a_mark",
                    )
                ],
            },
        ),
        only_own_site(HISTORY),
        migrations.RunSQL(CHANGED, "drop function tell_of_changed_marks()"),
        migrations.RunSQL(REMOVED, "drop function tell_of_removed_marks()"),
        migrations.RunSQL(ENTERED, "drop function tell_of_entered_marks()"),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
