"""One connection of a site: the app, its company, what it asks for, and where the decision stands."""

from dataclasses import dataclass
from datetime import datetime

from consentry.connections.models import Connection
from consentry.connections.queries.what_is_asked import AskedType, what_is_asked
from consentry.connections.queries.who_decided import who_decided
from consentry.partners.models import App, AppBehind, AppKind
from consentry.partners.queries.own_apps import apps_behind, logo_digest
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class AboutApp:
    """Who the app is and who answers for it: a person at the company, and the app's own address ("": none).

    `logo` is the digest of its logo, "" for none.
    """

    id: int
    name: str
    description: str
    company: str
    company_contact: str
    company_email: str
    app_email: str
    website: str
    privacy_notice: str
    is_live: bool
    is_suspended: bool
    is_provider: bool
    logo: str


@dataclass(frozen=True)
class ShownVersion:
    """The version that the page shows: the one in force while approved, or else the one that is asked for."""

    number: int
    published_at: datetime
    asked: tuple[AskedType, ...]


@dataclass(frozen=True)
class ConnectionShown:
    """A connection as its page shows it. `asked_id` and `moves` are sent along with a decision (deciding.Seen).

    `behind` are the apps that get the data through a data provider.
    """

    id: int
    state: State
    app: AboutApp
    version: ShownVersion
    asked_id: int
    moves: int
    requested_at: datetime
    decided_at: datetime | None
    decided_by: str
    behind: tuple[AppBehind, ...] = ()


def connection_at(school: SchoolId, connection_id: int) -> ConnectionShown:
    """The site's connection of this id, in two queries, three for a provider.

    Raises Connection.DoesNotExist, for another site's too.
    """
    related = ("app__company", "app__picture", "asked", "version", "decided_by", "decided_from")
    connections = Connection.objects.select_related(*related).defer("app__picture__png")
    found = connections.get(school=school, id=connection_id)
    shown = found.version if found.state == State.APPROVED and found.version else found.asked
    return ConnectionShown(
        id=found.id,
        state=State(found.state),
        app=about_app(found.app),
        version=ShownVersion(shown.number, shown.published_at, what_is_asked([shown.id])[shown.id]),
        asked_id=found.asked_id,
        moves=found.moves,
        requested_at=found.requested_at,
        decided_at=found.decided_at,
        decided_by=who_decided(found),
        behind=tuple(apps_behind(found.app_id)) if found.app.kind == AppKind.DATA_PROVIDER else (),
    )


def connection_of(school: SchoolId, app_id: int) -> int | None:
    """The id of the site's connection with this app; None where the app never asked."""
    return Connection.objects.filter(school=school, app=app_id).values_list("id", flat=True).first()


def about_app(app: App) -> AboutApp:
    """Who the app is, of one that came with its company."""
    return AboutApp(
        id=app.id,
        name=app.name,
        description=app.description,
        company=app.company.name,
        company_contact=app.company.contact_name,
        company_email=app.company.contact_email,
        app_email=app.contact_email,
        website=app.website or app.company.website,
        privacy_notice=app.company.privacy_notice,
        is_live=app.is_live,
        is_suspended=app.suspended_at is not None,
        is_provider=app.kind == AppKind.DATA_PROVIDER,
        logo=logo_digest(app),
    )
