"""What is left of records after a site was wiped: their ids, what they were known by, and which they are now."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Wipe(models.Model):
    """One wiping of a site's records: the revision in which all were deleted, and what the site became.

    `filled_at` is when the first import after it put new records in, so that new ids can be read.
    """

    pk = models.CompositePrimaryKey("school_id", "number")
    school = models.ForeignKey("schools.Site", models.PROTECT, db_index=False, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    revision = models.BigIntegerField()
    became = models.TextField()
    records = models.BigIntegerField()
    filled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"wipe {self.number}"


class Match(models.TextChoices):
    """Whether it is known which record of today is the one of before."""

    MATCHED = "matched", "Matched"
    MISSING = "missing", "No record with this key"
    AMBIGUOUS = "ambiguous", "More than one record with this key"
    NO_KEY = "no key", "Nothing to know it by"


class FormerRecord(models.Model):
    """A record that was deleted when its site was wiped, and the id of the record that stands for the same now.

    `key` is what it was known by, as records/natural_keys.py declares for its type: parts, of which those that are
    references hold ids of other former records; or several texts, any of which is enough.
    """

    pk = models.CompositePrimaryKey("school_id", "entity_type", "former_id")
    # Not held by the database: 570,000 rows are written at once, all of the site whose row is locked then.
    school = models.ForeignKey("schools.Site", models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    entity_type = models.TextField()
    former_id = models.BigIntegerField()
    wipe = models.PositiveIntegerField()
    key = ArrayField(models.TextField(), null=True)
    match = models.TextField(choices=Match.choices)
    new_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(match=Match.MATCHED, new_id__isnull=False) | (~Q(match=Match.MATCHED) & Q(new_id=None)),
                name="matched_has_new_id",
            ),
        ]
        indexes = [
            models.Index(
                "school", "entity_type", "former_id", name="former_unmatched", condition=~Q(match=Match.MATCHED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_type} {self.former_id} of before"
