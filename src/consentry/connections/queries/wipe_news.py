"""Which apps are to be told of a wipe, which were, and when."""

from dataclasses import dataclass
from datetime import datetime

from consentry.connections.models import Connection, WipeNews
from consentry.partners.models import App
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class ConnectedApp:
    """An app that is approved now, and so would be told of a wipe."""

    connection: int
    name: str
    company: str
    contacts: tuple[str, ...]
    is_live: bool


@dataclass(frozen=True)
class ToldApp:
    """An app that was connected when the site was wiped: who is told, when they were, and how it stands now."""

    app: ConnectedApp
    state: State
    told_wiped_at: datetime | None
    told_ids_at: datetime | None


def connected_apps(school: SchoolId) -> list[ConnectedApp]:
    """The apps that are approved at the site, by name. One query."""
    approved = Connection.objects.filter(school=school, state=State.APPROVED).select_related("app__company")
    return [_connected(each) for each in approved.order_by("app__name")]


def told_apps(school: SchoolId, wipe: int) -> list[ToldApp]:
    """The apps that were approved when the site was wiped, by name. One query."""
    rows = WipeNews.objects.filter(school=school, wipe=wipe).select_related("connection__app__company")
    return [
        ToldApp(_connected(each.connection), State(each.connection.state), each.told_wiped_at, each.told_ids_at)
        for each in rows.order_by("connection__app__name")
    ]


def _connected(connection: Connection) -> ConnectedApp:
    app = connection.app
    return ConnectedApp(connection.id, app.name, app.company.name, contacts_of(app), app.is_live)


def contacts_of(app: App) -> tuple[str, ...]:
    """Who is told about the app: its own address and that of its company, each once."""
    return tuple(dict.fromkeys(filter(None, (app.contact_email, app.company.contact_email))))
