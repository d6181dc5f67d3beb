"""The history of attendance marks: what stood in a register before, what stands there since, and why.

Source: the School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208): an entry that is amended
keeps the original, what it was amended to, when, why, and by whom.
"""

from django.db import models

from consentry.records.fields.next_record_id import NextRecordId


class MarkChange(models.Model):
    """One mark that was entered, changed or taken away. Written by triggers, whoever writes marks; append only.

    `session` is the code of the roll call. Marks are told by their lasting codes, NULL for no mark. Who it was, and
    when, the revision says. No data type of the catalogue: no app reads it. It outlives the pupil's own record.
    """

    pk = models.CompositePrimaryKey("school_id", "revision", "id")
    # As with the marks themselves, whose triggers write the rows: row security lets in one site's only.
    school = models.ForeignKey("schools.Site", models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    revision = models.BigIntegerField()
    id = models.BigIntegerField(db_default=NextRecordId(), editable=False)
    student_id = models.BigIntegerField()
    record_date = models.DateField()
    session = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    minutes_before = models.SmallIntegerField(null=True)
    minutes_after = models.SmallIntegerField(null=True)
    reason = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index("school", "student_id", "record_date", name="mark_changes_of_pupil")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False), name="mark_change_of_a_mark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} of {self.record_date} at revision {self.revision}"
