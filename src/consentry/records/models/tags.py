"""Tags: the school's own, and the notes that partner apps keep on records."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from consentry.records.data_type import Declared
from consentry.records.fields import AnyReference, CompositeForeignKey, Reference
from consentry.records.models.base import Record
from consentry.records.models.constraints import in_order, one_per_school

LONGEST_NAME = 100
LONGEST_VALUE = 500


class Tag(Record):
    """A tag that records can be given."""

    data_type = Declared(display=("tagName|tagIdentifier",))

    tag_name = models.TextField(null=True)
    tag_identifier = models.TextField()

    class Meta:
        verbose_name = "tag"
        verbose_name_plural = "tags"
        constraints = [one_per_school("tag_identifier", name="identifier")]


class Tagging(Record):
    """That a record has a tag, from a day to a day if days are given."""

    data_type = Declared(display=("tag.tagName|tag.tagIdentifier",))

    tag = Reference("Tag")
    tagged_object = AnyReference()
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    link1 = AnyReference(null=True, verbose_name="first linked record")
    link2 = AnyReference(null=True, verbose_name="second linked record")

    class Meta:
        verbose_name = "tagging"
        verbose_name_plural = "taggings"
        constraints = [in_order("start_date", "end_date")]


class UserTag(models.Model):
    """A name and a value that an app keeps on a record, such as its own id of it. Shown as the record's `userTags`."""

    pk = models.CompositePrimaryKey("school_id", "entity_type", "record_id", "name")
    school = models.ForeignKey("schools.Site", models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    entity_type = models.TextField()
    record_id = models.BigIntegerField()
    name = models.TextField()
    value = models.TextField()

    class Meta:
        verbose_name = "user tag"
        verbose_name_plural = "user tags"
        constraints = [
            CompositeForeignKey(
                name="usertag_record_fk",
                columns=("school_id", "entity_type", "record_id"),
                to="records.RegisterEntry",
                to_columns=("school_id", "entity_type", "record_id"),
            ),
            # Both stand in one index, whose rows PostgreSQL limits to 2,704 bytes.
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("name"), LONGEST_NAME)
                & LessThanOrEqual(Length("value"), LONGEST_VALUE),
                name="user_tag_is_short",
            ),
        ]
        indexes = [models.Index("school", "name", "value", name="user_tag_by_value")]

    def __str__(self) -> str:
        return f"{self.name} of {self.entity_type} {self.record_id}"
