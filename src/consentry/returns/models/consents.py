"""The consent of schools to collectors."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.people.models import Account
from consentry.returns.models.collectors import Collector
from consentry.rules.submission_life import ConsentEnd


class Consent(Guarded):
    """That a school consents to what a collector asks for, in the version that the person saw; from when to when.

    It is in force until `ended_at`, unless its version lies before the collector's `consent_from`. Rows are kept for
    good. People are named as they were called then.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    collector = models.ForeignKey(Collector, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    given_name = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(default="", choices=[(each.value, each.value) for each in ConsentEnd])
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    ended_name = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("school", "collector", condition=Q(ended_at=None), name="one_consent_a_collector"),
        ]
        indexes = [models.Index("collector", condition=Q(ended_at=None), name="consent_of_collector")]

    def __str__(self) -> str:
        return f"consent {self.id}"
