"""Companies' sandboxes: which are to be made, how far each is, and whose a site is."""

from django.db.models import Exists, OuterRef, Q

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.partners.models import Company, CompanyMember
from consentry.people.models import Account
from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyRole
from consentry.rules.identity import PLATFORM, SchoolId
from consentry.schools.models import Site

BUILDERS = (CompanyRole.ADMINISTRATOR, CompanyRole.DEVELOPER)
"""The members who sign in to the sandbox, as its administrators."""

FILES = ("ctf", "oneroster", "marks")
"""The files of an invented school, in the order in which they are imported."""


def sandboxes_to_make() -> list[Company]:
    """The companies without one that have a member and were not declined, the oldest first."""
    has_member = Exists(CompanyMember.objects.filter(company=OuterRef("pk"), ended_at=None))
    without = Company.objects.filter(has_member, sandbox=None).exclude(state=CompanyState.DECLINED)
    return list(without.order_by("id"))


def sandboxes_out_of_step() -> list[Company]:
    """The companies whose sandbox lets in somebody who is no builder of theirs any more, or not one who is."""
    builders = CompanyMember.objects.filter(ended_at=None, role__in=BUILDERS)
    own = Account.objects.filter(school=OuterRef("company__sandbox"), user=OuterRef("user"), trust=None, enabled=True)
    shut_out = builders.filter(company__sandbox__isnull=False).exclude(Exists(own)).values("company")
    still = builders.filter(company__sandbox=OuterRef("school"), user=OuterRef("user"))
    sandboxes = Company.objects.exclude(sandbox=None).values("sandbox")
    left_in = Account.objects.filter(school__in=sandboxes, trust=None, enabled=True).exclude(Exists(still))
    wrong = Q(id__in=shut_out) | Q(sandbox__in=left_in.values("school"))
    return list(Company.objects.filter(wrong).exclude(sandbox=None).order_by("id"))


def sandbox_begun(company: Company) -> Site | None:
    """The site that was opened to become the company's sandbox, from the event that tells of it; or the sandbox."""
    if company.sandbox is not None:
        return company.sandbox
    told = Event.objects.filter(
        school_id=PLATFORM, subject_type=Company.__name__, subject_id=company.id, name=EventName.SANDBOX_BEGUN
    )
    number = told.values_list("details__site", flat=True).first()
    return None if number is None else Site.objects.get(id=number)


def files_imported(school: SchoolId) -> frozenset[str]:
    """The kinds of files that have been imported into this site. Call it in `reading` of it, or in a change there."""
    told = Event.objects.filter(school_id=school, name=EventName.FILE_IMPORTED)
    return frozenset(told.values_list("details__kind", flat=True))


def sandbox_owner(site: Site) -> Company | None:
    """The company whose sandbox this site is, or None; also while it is being filled."""
    if not site.is_dummy:
        return None
    own = Company.objects.filter(sandbox=site).first()
    if own is not None:
        return own
    told = Event.objects.filter(school_id=PLATFORM, subject_type=Company.__name__, name=EventName.SANDBOX_BEGUN)
    owner = told.filter(details__site=site.id).values_list("subject_id", flat=True).first()
    return None if owner is None else Company.objects.filter(id=owner).first()


def is_sandbox_of_others(site: Site, company: Company) -> bool:
    """Whether the site is the sandbox of a company other than this one."""
    return site.is_dummy and Company.objects.filter(sandbox=site).exclude(id=company.id).exists()


def builders_of(company: Company) -> list[CompanyMember]:
    """The members who sign in to its sandbox, the first one first."""
    return list(company.members.filter(ended_at=None, role__in=BUILDERS).select_related("user").order_by("id"))
