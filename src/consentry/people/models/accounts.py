"""Accounts: a user at one site, what sort of user they are there, and how far they reach from a trust."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.people.models.users import User
from consentry.rules.reach import SchoolAccess


class UserType(models.TextChoices):
    """What sort of user an account is, in the words of the Login History."""

    STAFF = "staff", "Staff member"
    GUARDIAN = "guardian", "Guardian"
    STUDENT = "student", "Student"
    EXTERNAL = "external", "External Administrator"


class Account(Guarded):
    """A user at one site.

    That of an External Administrator is made when somebody of a trust first signs in to one of its schools; it holds
    no roles of its own and works only while they reach the school from `trust`. `school_access` is of accounts at a
    trust's site: which of its schools they may sign in to. `profile_email` is the address of the staff profile, by
    which single sign-on finds them, where it is not the one they sign in with.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="accounts")
    user_type = models.TextField(choices=UserType.choices, default=UserType.STAFF)
    trust = models.ForeignKey("schools.Site", models.PROTECT, null=True, related_name="+")
    profile_email = models.EmailField(default="", blank=True)
    school_access = models.TextField(choices=[(each.value, each.value) for each in SchoolAccess], default="none")
    enabled = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("school", "user", name="one_account_a_site", condition=Q(trust=None)),
            models.UniqueConstraint("school", "user", "trust", name="one_external_account_a_site"),
            models.CheckConstraint(
                condition=Q(user_type=UserType.EXTERNAL, trust__isnull=False)
                | (~Q(user_type=UserType.EXTERNAL) & Q(trust=None)),
                name="external_comes_from_a_trust",
            ),
        ]

    def __str__(self) -> str:
        return f"account of user {self.user_id} at site {self.school_id}"


class ReachedSchool(Guarded):
    """A school that an account at the trust's site may sign in to, where its access is to some."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="reached_schools")
    reached = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("account", "reached", name="school_reached_once")]

    def __str__(self) -> str:
        return f"school {self.reached_id} for account {self.account_id}"


class TermsAcceptance(Guarded):
    """An account has accepted this version of the terms and conditions."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="acceptances")
    terms = models.ForeignKey("schools.Terms", models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("account", "terms", name="terms_accepted_once")]

    def __str__(self) -> str:
        return f"terms {self.terms_id} by account {self.account_id}"
