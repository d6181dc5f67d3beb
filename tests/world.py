"""A small language to build a world by calling the actions: sites, people, apps, connections. No inserted rows."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from consentry.audit.actor import OPERATOR, Actor, ActorKind
from consentry.audit.change import change
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.reject_connection import reject_connection
from consentry.connections.actions.request_connection import request_connection
from consentry.connections.deciding import Seen
from consentry.connections.models import Connection
from consentry.connections.reading.door import ENTER
from consentry.connections.reading.read import Caller, Door, read
from consentry.partners.actions.add_company import NewCompany, add_company
from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow, publish_version
from consentry.partners.actions.register_app import NewApp, register_app
from consentry.partners.actions.revoke_secret import revoke_secret
from consentry.partners.models import App, AppKind, Company, Credential
from consentry.partners.queries.secrets import verify_secret
from consentry.people.actions.add_roles import ADMINISTRATOR
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.assign_role import assign_role
from consentry.people.actions.enter_school import enter_school
from consentry.people.actions.grant_school_access import grant_school_access
from consentry.people.actions.note_sign_in import SignInFacts
from consentry.people.models import Account, BusinessRole, User
from consentry.rules.asks import Ask
from consentry.rules.grants import Action
from consentry.rules.reach import SchoolAccess
from consentry.schools.actions.add_site import NewSite
from consentry.schools.models import Life, Site, SiteKind
from consentry.schools.queries import school_id
from consentry.workflows.open_site import open_site

NOW = datetime(2025, 11, 3, 14, 5, tzinfo=UTC)
PASSWORD = "calm-register-harbour"

_numbers = count(1)

READ = frozenset({Action.READ})
STUDENTS = AskedRow("Student", ["person", "studentNumber", "ethnicity"], READ)
EMAILS = AskedRow("EmailAddress", ALL_FIELDS, frozenset({Action.READ, Action.UPDATE}))


def add_school(
    slug: str = "oakfield",
    name: str = "",
    *,
    life: Life = Life.LIVE,
    trust: Site | None = None,
    at: datetime = NOW,
) -> Site:
    """A school site with its starting roles and code lists, of this trust or of none."""
    number = next(_numbers)
    wanted = NewSite(
        slug,
        name or f"{slug.title()} School",
        urn=f"{100000 + number}",
        laestab=f"860{4000 + number}",
        trust=trust.slug if trust else None,
        life=life,
    )
    return open_site(wanted, by=OPERATOR, at=at)


def add_trust(slug: str = "harbour-trust", name: str = "Harbour Trust", *, at: datetime = NOW) -> Site:
    """A trust's own site with its starting roles."""
    return open_site(NewSite(slug, name, kind=SiteKind.TRUST), by=OPERATOR, at=at)


def add_person(
    site: Site,
    name: str = "Asha Patel",
    role: str | None = ADMINISTRATOR,
    *,
    email: str = "",
    at: datetime = NOW,
) -> User:
    """A person with an account at the site and this business role (None: no role); the e-mail is made from the name."""
    email = email or f"{name.lower().replace(' ', '.')}@example.org"
    with change(actor=OPERATOR, at=at, school=school_id(site)) as this:
        account = add_user(this, site, NewUser(email, name, PASSWORD))
        if role is not None:
            assign_role(this, account, BusinessRole.objects.get(school=site, name=role))
    return account.user


def add_app(
    name: str = "Timetabler",
    company: str = "Acme Ltd",
    *,
    is_live: bool = True,
    kind: AppKind = AppKind.DIRECT,
    rows: Sequence[AskedRow] = (STUDENTS,),
    at: datetime = NOW,
) -> App:
    """An app of this company with one published version that asks for the rows (none: nothing is published)."""
    found = Company.objects.filter(name=company).first()
    owner = found or add_company(
        NewCompany(company, "Jo Bell", "jo@acme.example", "https://acme.example", "https://acme.example/privacy"),
        by=OPERATOR,
        at=at,
    )
    wanted = NewApp(name, f"{name} for schools.", "help@acme.example", "https://acme.example/app", kind, is_live)
    app = register_app(owner, wanted, by=OPERATOR, at=at)
    if rows:
        publish_version(app, rows, note="First version", by=OPERATOR, at=at)
    return app


def ask(app: App, site: Site, *, at: datetime = NOW) -> Connection:
    """The app asks the site to be connected."""
    return request_connection(app, site, by=acting(app), at=at)


def approve(connection: Connection, by: User, *, at: datetime = NOW) -> Connection:
    """The person approves what was asked, having seen how it stands now."""
    return approve_connection(
        connection.school, connection.id, seen(connection), by=account_of(by, connection.school), at=at
    )


def reject(connection: Connection, by: User, *, at: datetime = NOW) -> Connection:
    """The person rejects the connection, having seen how it stands now."""
    return reject_connection(
        connection.school, connection.id, seen(connection), by=account_of(by, connection.school), at=at
    )


def account_of(person: User, site: Site) -> Account:
    """The person's account at the site; where they have none, the one they have elsewhere."""
    accounts = Account.objects.filter(user=person).order_by("id")
    return accounts.filter(school=site).first() or accounts[0]


def give_schools(person: User, trust: Site, *schools: Site, at: datetime = NOW) -> Account:
    """The person may sign in to these schools of the trust; to all of them where none is named."""
    access = SchoolAccess.SOME if schools else SchoolAccess.ALL
    slugs = [school.slug for school in schools]
    return grant_school_access(trust.slug, person.email, access, slugs, by=OPERATOR, at=at)


def enter(person: User, school: Site, *, at: datetime = NOW) -> Account:
    """The person of the school's trust signs in to the school from there: their account in it."""
    trust = school.trust
    assert trust is not None
    return enter_school(account_of(person, trust), school, SignInFacts(at), at=at)


def seen(connection: Connection) -> Seen:
    """What a person has before them who looks at the connection as this object has it."""
    return Seen(connection.asked_id, connection.moves)


def acting(app: App) -> Actor:
    """The app as the party of an event."""
    return Actor(ActorKind.APP, app.id, app.name)


def call(app: App, site: Site, data_type: str = "Student") -> Door:
    """The app reads a page of this data type through the door, proving itself by a new secret; how the door stood."""
    secret = issue_secret(app, by=acting(app), at=NOW)
    known = verify_secret(app.application_user, secret)
    assert known is not None
    caller = Caller(app.id, credential=known.id)
    answer = read(caller, school_id(site), Ask(data_type), {"size": 10, "skip": 0}, surface="rest-v2", enter=ENTER)
    revoke_secret(Credential.objects.get(id=known.id), by=acting(app), at=NOW)
    return answer.door
