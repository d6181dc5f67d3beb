"""Receipts tell of a version that gives other reasons for the same data."""

from django.db import migrations, models

from consentry.rules.receipts import Decision


class Migration(migrations.Migration):
    """One more decision."""

    dependencies = [("connections", "0009_reviews_of_trust")]

    operations = [
        migrations.AlterField(
            model_name="receipt",
            name="decision",
            field=models.TextField(choices=[(each.value, each.label) for each in Decision]),
        ),
    ]
