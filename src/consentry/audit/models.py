"""The event log: one append-only row for everything that changed, chained by hash within each site."""

from django.db import models


class EventChain(models.Model):
    """The head of one site's chain: a row of its own, locked last before a commit."""

    school_id = models.BigIntegerField(primary_key=True)
    length = models.BigIntegerField(default=0)
    head = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"chain of site {self.school_id}, {self.length} events"


class Event(models.Model):
    """What happened, when, to what, and who did it. Triggers refuse UPDATE, DELETE and TRUNCATE."""

    school_id = models.BigIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    name = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.TextField()
    subject_type = models.TextField()
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.TextField()
    details = models.JSONField(default=dict)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("school_id", "number", name="event_number_in_chain")]
        indexes = [
            models.Index("school_id", "subject_type", "subject_id", "number", name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.number} of site {self.school_id}"
