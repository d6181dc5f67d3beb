"""Tell a company something by e-mail."""

from django.db import transaction

from consentry.audit.change import Change
from consentry.partners.models import Company, CompanyLetter
from consentry.people.actions.wake_mailer import wake_mailer


def write_letter(this: Change, company: Company, *, title: str, text: str, path: str = "") -> CompanyLetter:
    """One letter to the company's contact, in an open change; a job, woken after the commit, mails it."""
    letter = CompanyLetter.objects.create(company=company, title=title, text=text, path=path, made_at=this.at)
    transaction.on_commit(wake_mailer, robust=True)
    return letter
