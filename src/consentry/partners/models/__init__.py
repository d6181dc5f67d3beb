"""Companies, their apps, what each app asks of every school, its credentials, and what schools ask of them."""

from consentry.partners.models.apps import App, AppBehind, AppKind, AppLogo, AppRequirement
from consentry.partners.models.companies import Company, CompanyInvitation, CompanyMember
from consentry.partners.models.credentials import Credential
from consentry.partners.models.letters import CompanyLetter
from consentry.partners.models.permission_sets import PermissionRow, PermissionSetDraft, PermissionSetVersion
from consentry.partners.models.questions import AppWish, TroubleNote, TroubleReport, WishNote
from consentry.partners.models.token_chains import TokenChain

__all__ = [
    "App", "AppBehind", "AppKind", "AppLogo", "AppRequirement", "AppWish", "Company", "CompanyInvitation",
    "CompanyLetter", "CompanyMember", "Credential", "PermissionRow", "PermissionSetDraft", "PermissionSetVersion",
    "TokenChain",
    "TroubleNote", "TroubleReport", "WishNote",
]  # fmt: skip
