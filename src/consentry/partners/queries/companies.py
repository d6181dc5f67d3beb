"""Finding companies and the people who act for them."""

from consentry.partners.models import Company, CompanyMember
from consentry.people.models import User


def company_named(name: str) -> Company | None:
    """The company of this name, or None."""
    return Company.objects.filter(name=name).first()


def memberships_of(user: User) -> list[CompanyMember]:
    """The companies for which somebody acts now, by name. One query."""
    current = CompanyMember.objects.filter(user=user, ended_at=None)
    return list(current.select_related("company").order_by("company__name"))


def people_of(company: Company) -> list[CompanyMember]:
    """Who acts for the company now, by name. One query."""
    return list(company.members.filter(ended_at=None).select_related("user").order_by("user__name", "id"))


def membership_at(user: User, company_id: int) -> CompanyMember | None:
    """As what somebody acts for this company now, or None."""
    current = CompanyMember.objects.filter(user=user, company=company_id, ended_at=None)
    return current.select_related("company", "user").first()
