"""What companies were told."""

from consentry.partners.models import CompanyLetter


def letters_to(company_id: int, *, most: int = 20) -> list[CompanyLetter]:
    """The last letters to this company, the newest first."""
    return list(CompanyLetter.objects.filter(company=company_id).order_by("-made_at", "-id")[:most])
