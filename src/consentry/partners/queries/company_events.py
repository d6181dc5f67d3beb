"""What happened to a company, its people, apps and secrets: its events on the platform's chain."""

from django.db.models import Q, QuerySet

from consentry.audit.models import Event
from consentry.partners.models import (
    App,
    AppBehind,
    AppLogo,
    Company,
    CompanyInvitation,
    CompanyMember,
    Credential,
    PermissionSetDraft,
    PermissionSetVersion,
)
from consentry.rules.identity import PLATFORM


def company_events(company: Company) -> QuerySet[Event]:
    """The newest first. Each kind of subject is found by its own rows, along the index of subjects."""
    subjects = {
        App: company.apps.values("id"),
        AppBehind: AppBehind.objects.filter(provider__company=company).values("id"),
        AppLogo: AppLogo.objects.filter(app__company=company).values("id"),
        CompanyInvitation: company.invitations.values("id"),
        CompanyMember: company.members.values("id"),
        Credential: Credential.objects.filter(app__company=company).values("id"),
        PermissionSetDraft: PermissionSetDraft.objects.filter(app__company=company).values("id"),
        PermissionSetVersion: PermissionSetVersion.objects.filter(app__company=company).values("id"),
    }
    about = Q(subject_type=Company.__name__, subject_id=company.id)
    for model, ids in subjects.items():
        about |= Q(subject_type=model.__name__, subject_id__in=ids)
    return Event.objects.filter(about, school_id=PLATFORM).order_by("-number")
