import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_companies_and_what_schools_ask")]

    operations = [
        migrations.CreateModel(
            name="CompanyLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("path", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="partners.company"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("made_at"),
                        condition=models.Q(("mailed_at", None)),
                        name="company_letter_to_mail",
                    )
                ],
            },
        ),
    ]
