"""An app asks a site to be connected."""

from datetime import datetime

from django.db import IntegrityError

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.connections.may_connect import in_the_apps_way
from consentry.connections.models import Connection
from consentry.partners.models import App
from consentry.partners.queries.apps import latest_version
from consentry.people.actions.notify import notify
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State, move
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def request_connection(app: App, site: Site, *, by: Actor, at: datetime) -> Connection:
    """The app's latest version waits for the site's decision, and everyone who may decide is told.

    Raises MoveRefusedError when the app asked before, is suspended, has published nothing, is not live and the site is,
    or is not accepted yet and the site is not its company's sandbox.
    """
    with change(actor=by, at=at, school=school_id(site)) as this:
        found = Connection.objects.select_for_update(no_key=True).filter(school=site, app=app).first()
        state = State(found.state) if found else State.NONE
        after = move(state, Move.REQUEST)
        version = latest_version(app)
        if version is None:
            raise MoveRefusedError(MoveRefusal.NOTHING_PUBLISHED, state)
        check_open(app, site, state)
        connection = _add(
            Connection(school=site, app=app, state=after, asked=version, follows=version, requested_at=at)
        )
        this.record(EventName.CONNECTION_REQUESTED, connection, app=app.id, app_name=app.name, version=version.number)
        notify(
            this,
            accounts_permitted(school_id(site), opening_of(Page.PARTNER_APPS, site.level), at.date()),
            title=f"{app.name} asks to connect",
            text=f"{app.name} by {app.company.name} asks to use data of {site.name}. "
            "Look at what it asks for, and decide.",
            path=f"/{site.slug}/partner-apps/{connection.id}",
        )
    return connection


def _add(connection: Connection) -> Connection:
    """Save the new connection. Of two requests at once the second is told that the app asked already."""
    try:
        connection.save(force_insert=True)
    except IntegrityError:
        raise MoveRefusedError(MoveRefusal.ALREADY_THERE, State.PENDING) from None
    return connection


def check_open(app: App, site: Site, state: State) -> None:
    """Raise MoveRefusedError for an app that cannot be connected to this site now."""
    why = in_the_apps_way(app, site)
    if why is not None:
        raise MoveRefusedError(why, state)
