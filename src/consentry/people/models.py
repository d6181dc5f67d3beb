"""Users, their accounts at sites, the business roles that hold permissions, and notifications."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from consentry.audit.guarded import Guarded
from consentry.rules.permissions import Permission


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail, whatever the case of its letters."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user who signs in with this e-mail. Raises User.DoesNotExist."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One person's login, unique by e-mail; what they may do is said by their accounts at sites."""

    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_whatever_case")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Their name, as pages and mails show it."""
        return self.name


class BusinessRole(Guarded):
    """A named set of permissions at one site."""

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    name = models.TextField()
    permissions = ArrayField(models.TextField(choices=[(p.value, p.value) for p in Permission]))

    class Meta:
        constraints = [models.UniqueConstraint("school", "name", name="role_name_at_site")]

    def __str__(self) -> str:
        return self.name


class Account(Guarded):
    """A user at one site."""

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="accounts")
    enabled = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("school", "user", name="one_account_a_site")]

    def __str__(self) -> str:
        return f"account of user {self.user_id} at site {self.school_id}"


class RoleAssignment(Guarded):
    """An account holds a business role from a day on, to the end of another or without end."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    role = models.ForeignKey(BusinessRole, models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="role_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"role {self.role_id} of account {self.account_id}"


class Notification(Guarded):
    """Something a person should look at, in the site and by e-mail. `mailed_at` is the truth of the mail, not a job."""

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="notifications")
    title = models.TextField()
    text = models.TextField()
    path = models.TextField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("account", "made_at", name="notification_of_account"),
            models.Index("made_at", condition=Q(mailed_at=None), name="notification_to_mail"),
        ]

    def __str__(self) -> str:
        return self.title
