import django.db.models.deletion
from django.db import migrations, models

_ROLES = [
    ("administrator", "Administrator"),
    ("developer", "Developer"),
    ("support", "Support"),
    ("reader", "Reader"),
]
_KINDS = [
    ("nothing", "No data arrives"),
    ("missing", "Some data is missing"),
    ("old", "The data is out of date"),
    ("wrong", "The data is wrong"),
    ("other", "Something else"),
]
_STATES = [("open", "Waiting for the company"), ("answered", "Answered by the company"), ("settled", "Settled")]
_MOVES = [(each, each) for each in ("answer", "say", "reopen", "settle", "note")]
_SIDES = [("school", "school"), ("company", "company"), ("operator", "operator")]


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_token_chains")]

    operations = [
        migrations.AlterField("companyinvitation", "role", models.TextField(choices=_ROLES)),
        migrations.AlterField("companymember", "role", models.TextField(choices=_ROLES)),
        migrations.RemoveIndex("troublereport", "trouble_to_mail"),
        migrations.RemoveField("troublereport", "mailed_at"),
        migrations.RemoveField("troublenote", "from_school"),
        migrations.AddField(
            "troublenote", "side", models.TextField(choices=_SIDES, default="school"), preserve_default=False
        ),
        migrations.AddField(
            "troublenote", "move", models.TextField(choices=_MOVES, default="say"), preserve_default=False
        ),
        migrations.AddField(
            "troublereport", "kind", models.TextField(choices=_KINDS, default="other"), preserve_default=False
        ),
        migrations.AddField("troublereport", "since", models.DateField(null=True)),
        migrations.AddField("troublereport", "state", models.TextField(choices=_STATES, default="open")),
        migrations.AddField(
            "troublereport",
            "letter",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.companyletter",
            ),
        ),
        migrations.AddIndex(
            "troublereport",
            models.Index(models.F("school"), models.F("app"), models.F("at"), name="troubles_of_app_at_site"),
        ),
        migrations.AddConstraint(
            "troublereport",
            models.UniqueConstraint(
                models.F("school"),
                models.F("app"),
                condition=models.Q(("state", "settled"), _negated=True),
                name="one_open_trouble_an_app",
            ),
        ),
        migrations.AddConstraint(
            "troublereport",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", False), ("state", "settled")),
                    models.Q(models.Q(("state", "settled"), _negated=True), ("settled_at", None)),
                    _connector="OR",
                ),
                name="settled_trouble_has_a_time",
            ),
        ),
    ]
