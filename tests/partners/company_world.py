"""A company with its people, made as they come: by links that are mailed."""

from datetime import datetime

from django.core import mail
from django.utils import timezone
from tests.world import PASSWORD

from consentry.partners.actions.accept_invitation import accept_invitation
from consentry.partners.actions.ask_company_link import ask_company_link
from consentry.partners.actions.invite_member import invite_member
from consentry.partners.actions.join_company import NewPerson
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.actions.register_company import register_company
from consentry.partners.company_details import CompanyDetails
from consentry.partners.models import CompanyMember
from consentry.rules.company_roles import CompanyRole


def mailed_key(at: datetime | None = None) -> str:
    """The key of the link that is mailed now: there is one."""
    before = len(mail.outbox)
    mail_company_links(base_url="https://consentry.example", at=at or timezone.now())
    (letter,) = mail.outbox[before:]
    return str(letter.body).partition("/partners/join/")[2].split()[0]


def details(name: str = "Acme Ltd") -> CompanyDetails:
    """What a company says of itself."""
    link, email = "https://acme.example", "help@acme.example"
    officer = ("Ada Finch", "dpo@acme.example")
    return CompanyDetails(name, link, "Jo Bell", email, *officer, f"{link}/privacy", f"{link}/dpa")


def registered(name: str = "Acme Ltd", email: str = "jo@acme.example", person: str = "Jo Bell") -> CompanyMember:
    """The Administrator of a company that has just been registered."""
    now = timezone.now()
    ask_company_link(email, at=now)
    return register_company(mailed_key(), details(name), NewPerson(person, PASSWORD), at=now)


def joined(
    by: CompanyMember, role: CompanyRole, email: str = "dev@acme.example", person: str = "Dev Rao"
) -> CompanyMember:
    """Somebody whom this Administrator invited, and who came."""
    now = timezone.now()
    invite_member(email, role, by=by, at=now)
    return accept_invitation(mailed_key(), NewPerson(person, PASSWORD), at=now)
