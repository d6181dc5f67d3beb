"""Connections (one app at one site) and the record of every access through them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.rules.connection_life import State

_STATES = [(state.value, state.name.title()) for state in State if state is not State.NONE]


class Connection(Guarded):
    """One app at one site. `asked` is the version the school was shown; `version` the one in force once approved.

    `decided_from` is the trust from whose site the person came who decided.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    app = models.ForeignKey("partners.App", models.PROTECT, related_name="+")
    state = models.TextField(choices=_STATES)
    asked = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, related_name="+")
    version = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_from = models.ForeignKey("schools.Site", models.PROTECT, null=True, related_name="+")
    moves = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("school", "app", name="one_connection_a_site"),
            models.CheckConstraint(
                condition=Q(state=State.PENDING, version=None)
                | Q(state=State.APPROVED, version__isnull=False, decided_at__isnull=False)
                | Q(state=State.REJECTED, decided_at__isnull=False),
                name="connection_state_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"connection {self.id}"


class WipeNews(Guarded):
    """That an app which was approved when its site was wiped is to be told by e-mail, and when it was.

    Of the wipe, because its ids are gone; and once new records have come in, because the new ids can be read.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, db_index=False, related_name="+")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    wipe = models.PositiveIntegerField()
    told_wiped_at = models.DateTimeField(null=True)
    told_ids_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("school", "wipe", "connection", name="one_news_a_wipe")]

    def __str__(self) -> str:
        return f"news of wipe {self.wipe} for connection {self.connection_id}"


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
            models.Index("school", "transaction_id", name="access_by_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.data_type} at {self.at}"
