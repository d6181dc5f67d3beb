"""A published version never changes: triggers refuse it."""

from django.db import migrations

from consentry.audit.row_security import append_only


class Migration(migrations.Migration):
    """The triggers."""

    dependencies = [("partners", "0001_initial"), ("audit", "0002_wall")]

    operations = [append_only("partners_permissionsetversion"), append_only("partners_permissionrow")]
