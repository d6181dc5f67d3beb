"""The register of all records of a school, and the numbered history of their changes."""

from django.db import models


class RegisterEntry(models.Model):
    """One row for every record, written by triggers: what references to any type point to, and when it came and went.

    `deleted_revision` stays behind when a record is deleted, so that a poller learns of it.
    """

    pk = models.CompositePrimaryKey("school_id", "entity_type", "record_id")
    # The trigger that writes the rows looks at the site once a statement instead: row security lets in its rows only.
    school = models.ForeignKey("schools.Site", models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    entity_type = models.TextField()
    record_id = models.BigIntegerField()
    created_revision = models.BigIntegerField()
    deleted_revision = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.entity_type} {self.record_id}"


class RevisionCounter(models.Model):
    """The last revision of a school's records: a row of its own, locked last by a write, never by a decision."""

    school = models.OneToOneField("schools.Site", models.PROTECT, primary_key=True, related_name="+")
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"revision {self.last}"


class Revision(models.Model):
    """One step in the numbered history of a school's data: who wrote, when."""

    pk = models.CompositePrimaryKey("school_id", "number")
    school = models.ForeignKey("schools.Site", models.PROTECT, db_index=False, related_name="+")
    number = models.BigIntegerField()
    at = models.DateTimeField()
    author_kind = models.TextField()
    author_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"revision {self.number}"


class RecordChange(models.Model):
    """That a record which existed before was changed in this revision, and which of its fields (never their values)."""

    pk = models.CompositePrimaryKey("school_id", "revision", "entity_type", "record_id")
    school = models.ForeignKey("schools.Site", models.PROTECT, db_index=False, related_name="+")
    revision = models.BigIntegerField()
    entity_type = models.TextField()
    record_id = models.BigIntegerField()
    fields = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index("school", "entity_type", "revision", name="change_by_type")]

    def __str__(self) -> str:
        return f"{self.entity_type} {self.record_id} at revision {self.revision}"
