"""Events: append only, and seen by their own site alone."""

from django.db import migrations

from consentry.audit.row_security import append_only, only_own_site

REFUSE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
"""


class Migration(migrations.Migration):
    """The triggers and the policy."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "drop function refuse_change()"),
        append_only("audit_event"),
        only_own_site("audit_event", also_platform=True),
        only_own_site("audit_eventchain", also_platform=True),
    ]
