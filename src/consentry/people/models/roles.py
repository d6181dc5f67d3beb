"""Business roles, who holds them from when to when, and single permissions given for a time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from consentry.audit.guarded import Guarded
from consentry.people.models.accounts import Account
from consentry.rules.permissions import Permission

_PERMISSIONS = [(each.value, each.value) for each in Permission]


class BusinessRole(Guarded):
    """A named set of permissions at one site.

    `code` names the product's own role that it came as. The product keeps its permissions up to date until the site
    takes responsibility (`managed_by_site`); from then on the site alone changes them.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    code = models.TextField()
    name = models.TextField()
    permissions = ArrayField(models.TextField(choices=_PERMISSIONS))
    managed_by_site = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("school", "name", name="role_name_at_site"),
            models.UniqueConstraint("school", "code", name="role_code_at_site"),
        ]

    def __str__(self) -> str:
        return self.name


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


class AdHocPermission(Guarded):
    """An account holds one permission beside its roles, from a day on to the end of another."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="ad_hoc_permissions")
    permission = models.TextField(choices=_PERMISSIONS)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="ad_hoc_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.permission


class PagePermissions(Guarded):
    """What opens a page at sites of a level, where the operator has changed it from what the product comes with."""

    level = models.TextField()
    page = models.TextField()
    permissions = ArrayField(models.TextField(choices=_PERMISSIONS))

    class Meta:
        constraints = [models.UniqueConstraint("level", "page", name="page_opened_one_way")]

    def __str__(self) -> str:
        return f"{self.page} at a {self.level}"
