"""The record of every access through connections."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CurrentTransaction(models.Func):
    """The number of the transaction that writes the row."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()

    def __init__(self) -> None:
        super().__init__()

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """What a migration needs to make it again."""
        return "consentry.connections.models.CurrentTransaction", [], {}


class Outcome(models.TextChoices):
    """How a call ended."""

    SERVED = "served", "Served"
    REFUSED = "refused", "Refused"


class AccessEvent(models.Model):
    """Who read which records: written by the statement that reads them. Ids and field names, never values.

    `records` are the ids of the asked data type; `expanded` those of other types, as {data type: [ids]}.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    app_id = models.BigIntegerField()
    connection_id = models.BigIntegerField(null=True)
    version_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    surface = models.TextField()
    outcome = models.TextField(choices=Outcome.choices)
    why = models.TextField(null=True)
    data_type = models.TextField()
    fields = ArrayField(models.TextField())
    records = ArrayField(models.BigIntegerField(), null=True)
    expanded = models.JSONField(null=True)
    transaction_id = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        indexes = [
            models.Index("school", "app_id", "at", name="access_of_app"),
            models.Index("school", "app_id", "at", condition=models.Q(outcome="refused"), name="refused_calls_of_app"),
            models.Index("school", "transaction_id", name="access_by_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.data_type} at {self.at}"
