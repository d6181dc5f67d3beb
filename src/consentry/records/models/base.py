"""What every record has: its school, its number, and the revision that last wrote it."""

from django.db import models

from consentry.records.fields.next_record_id import NextRecordId


class Record(models.Model):
    """A row of a school's data: a data type of the catalogue. `(school_id, id)` is its key, everywhere.

    A subclass holds `data_type = Declared(...)`: what the catalogue must know of it beyond its columns.
    Optional texts are NULL when there is nothing, never blank.
    """

    pk = models.CompositePrimaryKey("school_id", "id")
    # Held by the trigger that writes the register: it looks whether the site is there, once a statement.
    school = models.ForeignKey("schools.Site", models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    id = models.BigIntegerField(db_default=NextRecordId(), editable=False)
    revision_id = models.BigIntegerField(verbose_name="revision")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.id}"
