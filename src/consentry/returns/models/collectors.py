"""Collectors: whoever asks schools for counts of attendance, and how it wants them."""

from datetime import time, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.returns.models.scopes import Scoped
from consentry.rules.collectors import CollectorStatus, LegalBasis
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.return_runs import Schedule


class Collector(Guarded, Scoped):
    """One collector. What it asks for has a number (`version`); consent to versions before `consent_from` ended.

    A `local_authority` (three digits) asks only the schools whose LAESTAB begins with it; one that `is_local` is not
    active before its authority is named. The two secrets and the subscription key are sealed (people/sealed.py), for
    the purposes that returns/credentials.py names.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    jurisdiction = models.TextField(choices=[(each.value, each.label) for each in Jurisdiction])
    is_local = models.BooleanField(default=False)
    local_authority = models.CharField(max_length=3, default="", blank=True)
    legal_basis = models.TextField(choices=[(each.value, each.label) for each in LegalBasis])
    status = models.TextField(choices=[(each.value, each.label) for each in CollectorStatus])
    notice = models.TextField(default="", blank=True)
    status_at = models.DateTimeField()

    version = models.PositiveIntegerField(default=1)
    consent_from = models.PositiveIntegerField(default=1)

    morning = models.TimeField(null=True, blank=True, default=time(12, 0))
    afternoon = models.TimeField(null=True, blank=True, default=time(16, 0))
    spread_minutes = models.PositiveSmallIntegerField(default=60, validators=[MaxValueValidator(180)])

    base_url = models.TextField(default="", blank=True)
    token_url = models.TextField(default="", blank=True)
    oauth_scope = models.TextField(default="", blank=True)
    client_id = models.TextField(default="", blank=True)
    first_secret = models.BinaryField(null=True)
    second_secret = models.BinaryField(null=True)
    subscription_header = models.TextField(default="", blank=True)
    subscription_key = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CollectorStatus.ACTIVE.value)
                | ~Q(base_url="") & ~Q(token_url="") & ~Q(client_id=""),
                name="active_collector_has_addresses",
            ),
            models.CheckConstraint(
                condition=~Q(status=CollectorStatus.ACTIVE.value) | Q(is_local=False) | ~Q(local_authority=""),
                name="active_local_collector_names_authority",
            ),
            models.CheckConstraint(condition=Q(consent_from__lte=models.F("version")), name="consent_from_a_version"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def schedule(self) -> Schedule:
        """When it is sent to."""
        return Schedule(self.morning, self.afternoon, timedelta(minutes=self.spread_minutes))

    @property
    def needs_consent(self) -> bool:
        """Whether a school decides; else the law has."""
        return self.legal_basis == LegalBasis.CONSENT

    @property
    def is_over(self) -> bool:
        """Whether it collects nothing any more, for good."""
        return self.status == CollectorStatus.DISCONTINUED
