"""Apps: what each is, how far it has come, what it looks like, and the apps behind a data provider."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from consentry.audit.guarded import Guarded
from consentry.partners.models.companies import Company
from consentry.rules.app_life import AppStage, Category
from consentry.rules.company_life import Declined


class AppKind(models.TextChoices):
    """A direct partner, or a data provider (aggregator): an app that passes data on, and so may only read."""

    DIRECT = "direct", "Direct partner"
    DATA_PROVIDER = "data_provider", "Data provider"


class App(Guarded):
    """A partner app. `application_user` is its name for HTTP Basic and its client id for OAuth 2.

    `stage` is how far it has come with the operator; `is_live` whether live sites may connect to it. `countries` are
    ISO 3166-1 alpha-2 codes of where the company sends data; `retention` says how long it keeps it, in its own words.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="apps")
    name = models.TextField(unique=True)
    description = models.TextField()
    category = models.TextField(choices=[(each.value, each.label) for each in Category], default=Category.OTHER.value)
    logo = models.TextField(null=True)
    contact_email = models.EmailField()
    website = models.URLField()
    countries = ArrayField(models.CharField(max_length=2), default=list)
    retention = models.TextField(default="", blank=True)
    kind = models.TextField(choices=AppKind.choices)
    stage = models.TextField(choices=[(each.value, each.label) for each in AppStage], default=AppStage.ACCEPTED.value)
    stage_since = models.DateTimeField(null=True)
    declined_for = models.TextField(choices=[(each.value, each.label) for each in Declined], default="", blank=True)
    stage_note = models.TextField(default="", blank=True)
    is_live = models.BooleanField(default=False)
    application_user = models.SlugField(max_length=80, unique=True)
    suspended_at = models.DateTimeField(null=True)
    suspended_for = models.TextField(default="", blank=True)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class AppLogo(Guarded):
    """An app's logo as it is served: a PNG that we encoded ourselves. `digest` is its SHA-256, in its address."""

    app = models.OneToOneField(App, models.CASCADE, related_name="picture")
    png = models.BinaryField()
    digest = models.CharField(max_length=64)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"logo of app {self.app_id}"


class AppBehind(Guarded):
    """An app that gets a school's data through a data provider, as the provider declares it."""

    provider = models.ForeignKey(App, models.PROTECT, related_name="apps_behind")
    name = models.TextField()
    company = models.TextField()
    website = models.URLField()
    category = models.TextField(choices=[(each.value, each.label) for each in Category], default=Category.OTHER.value)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "provider", "name", condition=models.Q(ended_at=None), name="app_behind_a_provider_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AppRequirement(Guarded):
    """One thing that an app's sync needs of a school's records: a named check, and why it is needed."""

    app = models.ForeignKey(App, models.PROTECT, related_name="requirements")
    check_name = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("app", "check_name", name="requirement_once")]

    def __str__(self) -> str:
        return self.check_name
