"""What a company says of itself: held to what schools and the operator can be shown."""

from dataclasses import dataclass

from consentry.partners.details import check_email, check_name, check_website


@dataclass(frozen=True)
class CompanyDetails:
    """Who answers for the company and for what it does with data; `processing_agreement` is "" while there is none."""

    name: str
    website: str
    contact_name: str
    contact_email: str
    protection_contact_name: str
    protection_contact_email: str
    privacy_notice: str
    processing_agreement: str = ""


def check_company(details: CompanyDetails) -> None:
    """Raise InvalidError for the first of them that cannot be."""
    for name in ("name", "contact_name", "protection_contact_name"):
        check_name(name, getattr(details, name))
    for name in ("contact_email", "protection_contact_email"):
        check_email(name, getattr(details, name))
    for name in ("website", "privacy_notice"):
        check_website(name, getattr(details, name))
    if details.processing_agreement:
        check_website("processing_agreement", details.processing_agreement)
