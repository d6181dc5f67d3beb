"""Companies, their apps, what each app asks of every school, and its credentials."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.rules.grants import Action, Grant, Grants


class Company(Guarded):
    """A company that builds apps: who to contact about what it does with data."""

    name = models.TextField(unique=True)
    contact_name = models.TextField()
    contact_email = models.EmailField()
    website = models.URLField()
    privacy_notice = models.URLField()
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class AppKind(models.TextChoices):
    """A direct partner, or a data provider (aggregator): an app that passes data on, and so may only read."""

    DIRECT = "direct", "Direct partner"
    DATA_PROVIDER = "data_provider", "Data provider"


class App(Guarded):
    """A partner app. `application_user` is its name for HTTP Basic and its client id for OAuth 2."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="apps")
    name = models.TextField(unique=True)
    description = models.TextField()
    logo = models.TextField(null=True)
    contact_email = models.EmailField()
    website = models.URLField()
    kind = models.TextField(choices=AppKind.choices)
    is_live = models.BooleanField(default=False)
    application_user = models.SlugField(max_length=80, unique=True)
    suspended_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


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


class PermissionRow(Guarded):
    """One row of a version: a data type, its fields by name, and what may be done with them.

    `all_fields` tells that the company asked for all; `fields` names those there were when the version was published.
    """

    version = models.ForeignKey(PermissionSetVersion, models.PROTECT, related_name="rows")
    data_type = models.TextField()
    all_fields = models.BooleanField(default=False)
    fields = ArrayField(models.TextField())
    reads = models.BooleanField("read", default=False, db_column="read")
    writes = models.BooleanField("write", default=False, db_column="write")
    updates = models.BooleanField("update", default=False, db_column="update")
    deletes = models.BooleanField("delete", default=False, db_column="delete")

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


class Credential(Guarded):
    """One of an app's secrets: shown once, kept as a salted SHA-256 (256 random bits need no slow hash, ASVS 6.5.2)."""

    app = models.ForeignKey(App, models.PROTECT, related_name="credentials")
    salt = models.BinaryField()
    digest = models.BinaryField()
    hint = models.TextField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"secret ending in {self.hint}"
