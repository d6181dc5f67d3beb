"""A published version never changes: triggers refuse it, rows that come later than their version included."""

from django.db import migrations

from consentry.audit.row_security import append_only

ONLY_WITH_ITS_VERSION = """
create function refuse_late_row() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from partners_permissionsetversion v
        where v.id = new.version_id and v.xmin = pg_current_xact_id()::xid
    ) then
        raise exception 'a published version gets no further rows' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create trigger refuse_late_row before insert on partners_permissionrow
for each row execute function refuse_late_row();
"""


class Migration(migrations.Migration):
    """The triggers."""

    dependencies = [("partners", "0001_initial"), ("audit", "0002_wall")]

    operations = [
        append_only("partners_permissionsetversion"),
        append_only("partners_permissionrow"),
        migrations.RunSQL(
            ONLY_WITH_ITS_VERSION,
            "drop trigger refuse_late_row on partners_permissionrow; drop function refuse_late_row();",
        ),
    ]
