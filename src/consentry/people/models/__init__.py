"""Users, their accounts at sites, the business roles that hold permissions, signing in, and notifications."""

from consentry.people.models.accounts import Account, ReachedSchool, TermsAcceptance, UserType
from consentry.people.models.notifications import Notification
from consentry.people.models.operators import Operator
from consentry.people.models.roles import AdHocPermission, BusinessRole, PagePermissions, RoleAssignment
from consentry.people.models.saml import SamlAnswer
from consentry.people.models.signing_in import (
    EmailChange,
    IdentityProvider,
    Invitation,
    Outcome,
    ProviderKind,
    Session,
    SignIn,
    SignInSettings,
)
from consentry.people.models.users import User, UserManager

__all__ = [
    "Account", "AdHocPermission", "BusinessRole", "EmailChange", "IdentityProvider", "Invitation", "Notification",
    "Operator", "Outcome", "PagePermissions", "ProviderKind", "ReachedSchool", "RoleAssignment", "SamlAnswer",
    "Session", "SignIn", "SignInSettings", "TermsAcceptance", "User", "UserManager", "UserType",
]  # fmt: skip
