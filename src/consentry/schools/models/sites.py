"""Sites, a school's or a trust's own place in the system (every other row of a site carries its id), and the terms."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.permissions import Level


class SiteKind(models.TextChoices):
    """Whose site it is."""

    SCHOOL = "school", "School"
    TRUST = "trust", "Trust"


class Life(models.TextChoices):
    """Whether the site's records are real: a dummy site is wiped and filled again before it goes live."""

    LIVE = "live", "Live"
    DUMMY = "dummy", "Dummy"


class Site(Guarded):
    """A tenant. `slug` is the first part of its address, `/{slug}/…`."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    kind = models.TextField(choices=SiteKind.choices)
    life = models.TextField(choices=Life.choices, default=Life.LIVE)
    urn = models.CharField(max_length=6, null=True, unique=True, validators=[RegexValidator(r"^\d{6}$")])
    laestab = models.CharField(max_length=7, null=True, validators=[RegexValidator(r"^\d{7}$")])
    street = models.TextField(default="", blank=True)
    locality = models.TextField(default="", blank=True)
    town = models.TextField(default="", blank=True)
    county = models.TextField(default="", blank=True)
    postcode = models.TextField(default="", blank=True)
    trust = models.ForeignKey("self", models.PROTECT, null=True, related_name="schools")
    jurisdiction = models.TextField(choices=[(each.value, each.label) for each in Jurisdiction], default="england")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SiteKind.TRUST, urn=None, laestab=None, trust=None)
                | Q(kind=SiteKind.SCHOOL, urn__isnull=False, laestab__isnull=False),
                name="school_has_urn_trust_has_none",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> Level:
        """Whether permissions work here as at a school or as at a trust."""
        return Level(self.kind)

    @property
    def law(self) -> Jurisdiction:
        """The part of the kingdom whose law and bank holidays hold for it."""
        return Jurisdiction(self.jurisdiction)

    @property
    def is_dummy(self) -> bool:
        """Whether its records will be wiped before it goes live."""
        return self.life == Life.DUMMY


class Terms(Guarded):
    """One version of the terms and conditions that everybody accepts at each site; the highest number is in force."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"terms and conditions, version {self.number}"
