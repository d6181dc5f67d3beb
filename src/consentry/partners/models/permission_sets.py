"""What an app asks of every school: published versions, and the draft of the next one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.partners.models.apps import App
from consentry.rules.grants import Action, Grant, Grants


class PermissionSetVersion(Guarded):
    """One published, immutable version of what an app asks of every school. Triggers refuse to change it."""

    app = models.ForeignKey(App, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("app", "number", name="version_number_of_app")]

    def __str__(self) -> str:
        return f"version {self.number}"

    def grants(self) -> Grants:
        """Its rows as facts, by data type."""
        return {row.data_type: row.facts() for row in self.rows.all()}

    def reasons(self) -> dict[str, str]:
        """Why the company asks for each of its data types, "" where it does not say."""
        return {row.data_type: row.reason for row in self.rows.all()}


class PermissionRow(Guarded):
    """One row of a version: a data type, its fields by name, and what may be done with them.

    `all_fields` tells that the company asked for all; `fields` names those there were when the version was published.
    `reason` is the company's, for schools to read; `required` whether the app works without the row.
    """

    version = models.ForeignKey(PermissionSetVersion, models.PROTECT, related_name="rows")
    data_type = models.TextField()
    all_fields = models.BooleanField(default=False)
    fields = ArrayField(models.TextField())
    reads = models.BooleanField("read", default=False, db_column="read")
    writes = models.BooleanField("write", default=False, db_column="write")
    updates = models.BooleanField("update", default=False, db_column="update")
    deletes = models.BooleanField("delete", default=False, db_column="delete")
    reason = models.TextField(default="", blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("version", "data_type", name="data_type_once_a_version"),
            models.CheckConstraint(
                condition=Q(reads=True) | Q(writes=True) | Q(updates=True) | Q(deletes=True),
                name="row_grants_something",
            ),
        ]

    def __str__(self) -> str:
        return self.data_type

    def facts(self) -> Grant:
        """The row as a fact for rules."""
        flags = {
            Action.READ: self.reads,
            Action.WRITE: self.writes,
            Action.UPDATE: self.updates,
            Action.DELETE: self.deletes,
        }
        return Grant(
            self.data_type, frozenset(self.fields), frozenset(action for action, flag in flags.items() if flag)
        )


class PermissionSetDraft(Guarded):
    """The next version while it is being written. `edition` counts its savings, so that two tabs see each other.

    `rows` is a list of {dataType, fields (names, or ["*"]), actions, reason, required}.
    """

    app = models.OneToOneField(App, models.PROTECT, related_name="draft")
    rows = models.JSONField(default=list)
    note = models.TextField(default="", blank=True)
    edition = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"draft of app {self.app_id}"
