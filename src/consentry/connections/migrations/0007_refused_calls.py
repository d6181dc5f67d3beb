from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("connections", "0006_reviews_and_receipts")]

    operations = [
        migrations.AddIndex(
            "accessevent",
            models.Index(
                models.F("school"),
                models.F("app_id"),
                models.F("at"),
                condition=models.Q(("outcome", "refused")),
                name="refused_calls_of_app",
            ),
        ),
    ]
