import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_saml_answers"),
        ("schools", "0002_terms_and_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="emailchange",
            name="school",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.site"
            ),
        ),
        migrations.AddField(model_name="signin", name="is_told", field=models.BooleanField(default=True)),
        # Sessions have been kept in people_session since 0002; an installation from before still has the other table.
        migrations.RunSQL("drop table if exists django_session", migrations.RunSQL.noop),
        migrations.RunSQL("delete from django_migrations where app = 'sessions'", migrations.RunSQL.noop),
    ]
