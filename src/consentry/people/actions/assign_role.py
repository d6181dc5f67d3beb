"""Give an account a business role."""

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import Account, BusinessRole, RoleAssignment


def assign_role(this: Change, account: Account, role: BusinessRole) -> RoleAssignment:
    """The account holds the role from today on, in an open change at their site."""
    assignment = RoleAssignment.objects.create(account=account, role=role, starts_on=this.at.date())
    this.record(EventName.ROLE_ASSIGNED, assignment, account=account.id, role=role.name)
    return assignment
