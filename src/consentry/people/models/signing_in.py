"""Signing in: sessions, what a site demands, its identity providers, the history, and what is underway by e-mail."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from consentry.audit.guarded import Guarded
from consentry.people.models.accounts import Account, UserType
from consentry.people.models.users import User


class Session(AbstractBaseSession):
    """A browser that is signed in. `session_key` is a hash of the key in the cookie; `user` whose it is."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")

    objects: ClassVar[BaseSessionManager["Session"]] = BaseSessionManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"session of user {self.user_id}"


class SignInSettings(Guarded):
    """How people sign in to one site: the switches of its SSO Settings page. A site without a row has the defaults."""

    school = models.OneToOneField("schools.Site", models.PROTECT, related_name="+")
    sso_on = models.BooleanField(default=False)
    second_factor_demanded = models.BooleanField(default=False)
    second_factor_skipped_for_sso = models.BooleanField(default=False)
    addresses_on_site = ArrayField(models.TextField(), default=list)

    def __str__(self) -> str:
        return f"sign-in settings of site {self.school_id}"


class ProviderKind(models.TextChoices):
    """Who vouches for a person."""

    GOOGLE = "google", "Google"
    MICROSOFT = "microsoft", "Microsoft"
    SAML = "saml", "SAML"


class IdentityProvider(Guarded):
    """One site's own link to Google, Microsoft or a SAML identity provider.

    `slug` names it in addresses and in what links people to it; another tenant or client is another row, so that what
    an issuer said of a subject is never read as another's word. `secret` is encrypted. `settings` holds what is
    particular to the kind: the tenant of Microsoft, the hosted domain of Google, the metadata of SAML.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    kind = models.TextField(choices=ProviderKind.choices)
    slug = models.SlugField(max_length=100, unique=True)
    client_id = models.TextField()
    secret = models.BinaryField(default=b"")
    settings = models.JSONField(default=dict)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "school", "kind", condition=models.Q(removed_at=None), name="one_provider_of_a_kind_at_a_site"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Outcome(models.TextChoices):
    """How an attempt to sign in ended."""

    SIGNED_IN = "signed_in", "Signed in"
    WRONG_PASSWORD = "wrong_password", "Wrong password"
    WRONG_SECOND_FACTOR = "wrong_second_factor", "Wrong second factor"
    DISABLED = "disabled", "Account disabled"
    NO_MATCH = "no_match", "No staff member with that email"
    SEVERAL_MATCH = "several_match", "Several staff with that email"
    GUARDIAN = "guardian", "A guardian’s account"
    UNVERIFIED = "unverified", "Email not verified by the provider"


class SignIn(models.Model):
    """One attempt to sign in, as the Login History of one site tells it: a row for each site the person belongs to.

    `is_told` says whether the site is told: it is of what happened on the way to it, and of all since the person first
    entered it. The person themself is told of every attempt.
    Not guarded and without an event: the row is itself the record. `account` is empty where single sign-on found
    nobody. `provider` and `second_factor` are values, not references: they say what was used then.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="sign_ins")
    at = models.DateTimeField()
    user_type = models.TextField(choices=UserType.choices, default=UserType.STAFF)
    provider = models.TextField()
    second_factor = models.TextField(default="")
    address = models.GenericIPAddressField(null=True)
    browser = models.TextField(default="")
    outcome = models.TextField(choices=Outcome.choices)
    is_told = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index("school", models.F("at").desc(), name="sign_in_of_site"),
            models.Index("account", models.F("at").desc(), name="sign_in_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at site {self.school_id}"


class Invitation(Guarded):
    """A welcome or a password link that is to be mailed. The link itself is made as it is mailed, and kept nowhere."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="invitations")
    is_welcome = models.BooleanField()
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("made_at", condition=models.Q(mailed_at=None), name="invitation_to_mail")]

    def __str__(self) -> str:
        return f"link for account {self.account_id}"


class EmailChange(Guarded):
    """Somebody's e-mail is to become another: done when both addresses have confirmed it. Links are kept as hashes.

    `school` is the site where it was asked for: no other site sees the address, calls it off or asks for another.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="email_changes")
    school = models.ForeignKey("schools.Site", models.PROTECT, null=True, related_name="+")
    new_email = models.EmailField()
    old_key_hash = models.BinaryField(unique=True)
    new_key_hash = models.BinaryField(unique=True)
    old_confirmed_at = models.DateTimeField(null=True)
    new_confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"e-mail change of user {self.user_id}"
