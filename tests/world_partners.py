"""More of the small language: companies that registered and wait, people of the operator, apps behind providers."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.reading import reading
from consentry.connections.actions.report_trouble import NewTrouble, SeenFacts, digest_of, report_trouble
from consentry.connections.models import Connection
from consentry.connections.queries.trouble_of import trouble_of
from consentry.partners.actions.accept_app import accept_app
from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.accept_invitation import accept_invitation
from consentry.partners.actions.add_app_behind import NewAppBehind, add_app_behind
from consentry.partners.actions.add_own_app import add_own_app
from consentry.partners.actions.ask_company_link import ask_company_link
from consentry.partners.actions.ask_for_app import NewWish, ask_for_app
from consentry.partners.actions.join_company import NewPerson
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.actions.register_company import register_company
from consentry.partners.actions.submit_app import submit_app
from consentry.partners.app_details import AppDetails
from consentry.partners.company_details import CompanyDetails
from consentry.partners.inviting import invite
from consentry.partners.models import App, AppBehind, AppKind, AppWish, Company, CompanyMember, TroubleReport
from consentry.people.actions.add_operator import add_operator
from consentry.people.models import User
from consentry.rules.app_life import Category
from consentry.rules.company_roles import CompanyRole
from consentry.rules.trouble_life import TroubleKind
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.project.sign_in.coming_in import set_up_app, signed_in
from tests.world import NOW, PASSWORD, account_of

BASE = "https://consentry.example"


def waiting_company(name: str = "Orchard Apps", *, at: datetime = NOW) -> Company:
    """A company that Rae Moss has registered by a mailed link; it waits for the operator."""
    slug = name.split(maxsplit=1)[0].lower()
    email = f"rae@{slug}.example"
    ask_company_link(email, at=at)
    mail_company_links(base_url=BASE, at=at)
    found = re.search(r"/partners/join/(\S+)", str(mail.outbox[-1].body))
    assert found is not None
    web = f"https://{slug}.example"
    details = CompanyDetails(
        name, web, "Rae Moss", email, "Kit Vale", f"privacy@{slug}.example", f"{web}/privacy", f"{web}/agreement"
    )
    return register_company(found[1], details, NewPerson("Rae Moss", PASSWORD), at=at).company


def accepted_company(name: str = "Orchard Apps", *, at: datetime = NOW) -> Company:
    """The same, and the operator has accepted it."""
    return accept_company(waiting_company(name, at=at).id, by=OPERATOR, at=at)


def member_of(company: Company) -> CompanyMember:
    """Who registered the company."""
    return CompanyMember.objects.select_related("company", "user").get(company=company)


def acts_for(company: Company, user: User, role: CompanyRole, *, at: datetime = NOW) -> CompanyMember:
    """Somebody who signs in already comes to act for the company, by a mailed link as everybody."""
    with change(actor=OPERATOR, at=at, school=None) as this:
        invite(this, company, user.email, role, by=None)
    mail_company_links(base_url=BASE, at=at)
    found = re.search(r"/partners/join/(\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return accept_invitation(found[1], user, at=at)


def own_app(company: Company, name: str) -> App:
    """An app that who registered the company has added."""
    email, web = f"help@{name.lower()}.example", f"https://{name.lower()}.example"
    details = AppDetails(name, "For schools.", Category.LEARNING, email, web, ("GB", "IE"), "30 days")
    return add_own_app(details, AppKind.DIRECT, by=member_of(company), at=NOW)


def accepted(app: App) -> App:
    """The app, which has published, once the operator has accepted its company and then it."""
    accept_company(app.company_id, by=OPERATOR, at=NOW)
    submit_app(app.id, by=member_of(app.company), at=NOW)
    accept_app(app.id, by=OPERATOR, at=NOW)
    return App.objects.select_related("company").get(id=app.id)


def app_behind(provider: App, name: str, company: str) -> AppBehind:
    """The data provider declares an app of this company that gets data through it."""
    wanted = NewAppBehind(name, company, f"https://{name.lower()}.example", Category.LEARNING)
    return add_app_behind(provider.id, wanted, by=member_of(provider.company), at=NOW)


def at_the_desk(person: User) -> Client:
    """A browser in which this person, one of the operator's, is signed in with a second factor."""
    add_operator(person, by=OPERATOR, at=NOW)
    client = signed_in(person)
    set_up_app(client)
    return client


LIBRARIO = NewWish(
    app_name="Librario",
    company_name="Page Turners Ltd",
    company_email="hello@pageturners.example",
    website="https://pageturners.example",
    purpose="Our library lends by it.",
    data_wanted="Names and year groups of students.",
    people_concerned="All students.",
    used_already=True,
)


def wish_for(site: Site, by: User, wanted: NewWish = LIBRARIO, *, at: datetime = NOW) -> AppWish:
    """The person asks for this app."""
    return ask_for_app(site, wanted, by=account_of(by, site), at=at)


TROUBLE = NewTrouble(TroubleKind.MISSING, None, "Year 7 is not there.")


def report_of(connected: Connection, by: User, text: str = TROUBLE.text, *, days: int = 0) -> TroubleReport:
    """The person reports that the app does not work, so many days from now, with the facts as they stand then."""
    at, site = timezone.now() + timedelta(days=days), connected.school
    with reading(school_id(site)):
        facts = trouble_of(school_id(site), connected.id, at=at).facts
    shown = SeenFacts(at, digest_of(facts))
    return report_trouble(site, connected.id, replace(TROUBLE, text=text), shown, by=account_of(by, site), at=at)
