"""What goes on between schools and companies by then: asked for more, wished for, reported, come to the portal."""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.report_trouble import SeenFacts, digest_of, report_trouble
from consentry.connections.queries.connection_at import connection_of
from consentry.connections.queries.trouble_of import trouble_of
from consentry.partners.actions.accept_invitation import accept_invitation
from consentry.partners.actions.ask_for_app import ask_for_app
from consentry.partners.actions.invite_administrator import invite_administrator
from consentry.partners.actions.join_company import NewPerson
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.app_file import read_app_file
from consentry.partners.models import App, Company
from consentry.people.models import Account
from consentry.people.queries.users import account_called
from consentry.project.config import ConfigurationError
from consentry.project.demo.cast import GIVER, INVITED, MEMBER, TROUBLE, WISH
from consentry.schools.models import Site
from consentry.schools.queries import school_id, site_by_slug
from consentry.workflows.publish_permission_set import publish_permission_set


def ask_for_more(app: App, file: Path) -> None:
    """The app publishes its next version, which waits as a review wherever it is approved."""
    wanted = read_app_file(file.read_bytes())
    publish_permission_set(app, wanted.rows, note=wanted.note, by=OPERATOR, at=timezone.now())


def wish_for_an_app() -> None:
    """A school asks for an app that is no partner yet."""
    site, account = _somebody()
    ask_for_app(site, WISH, by=account, at=timezone.now())


def report_an_app(app: App) -> None:
    """The same school reports that this app does not work, with the facts as they stand."""
    (site, account), at = _somebody(), timezone.now()
    school = school_id(site)
    with reading(school):
        connection = connection_of(school, app.id)
        if connection is None:
            raise ConfigurationError(f"{app.name} is not connected to {site.name}.")
        facts = trouble_of(school, connection, at=at).facts
    report_trouble(site, connection, TROUBLE, SeenFacts(at, digest_of(facts)), by=account, at=at)


def come_to_the_portal(company: Company) -> str:
    """The operator invites somebody to act for the company, and they come by the mailed link; their password."""
    password = secrets.token_urlsafe(12)
    invite_administrator(company.id, MEMBER.email, by=OPERATOR, at=timezone.now())
    mail_company_links(base_url=settings.CONFIG.base_url, at=timezone.now())
    accept_invitation(_mailed_key(settings.CONFIG.mail_folder), NewPerson(MEMBER.name, password), at=timezone.now())
    return password


def _mailed_key(folder: Path | None) -> str:
    """Of the link in the newest mail that has one."""
    mails = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns) if folder else []
    keys = [key for mail in mails for key in re.findall(r"/partners/join/(\S+)", mail.read_text())]
    if not keys:
        raise ConfigurationError("No mail has a link to join a company: the demo's mail goes to a folder of its own.")
    return str(keys[-1])


def _somebody() -> tuple[Site, Account]:
    """A school, and who decides on apps there."""
    site = site_by_slug(INVITED.site)
    account = account_called(site, GIVER)
    if account is None:
        raise ConfigurationError(f"Nobody at {site.name} signs in as {GIVER}.")
    return site, account
