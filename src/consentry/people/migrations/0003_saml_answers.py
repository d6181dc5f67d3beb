from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_roles_and_signing_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="SamlAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.SlugField(max_length=100)),
                ("assertion_hash", models.BinaryField()),
                ("handle_hash", models.BinaryField(unique=True)),
                ("in_response_to", models.TextField()),
                ("subject", models.TextField()),
                ("email", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("provider"), models.F("assertion_hash"), name="saml_answer_counts_once"
                    ),
                ],
            },
        ),
    ]
