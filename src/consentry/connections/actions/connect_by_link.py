"""The school says yes by the connect link: to an app that it may never have heard of."""

from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from consentry.audit.change import Change, change
from consentry.audit.happening import Detail
from consentry.audit.names import EventName
from consentry.connections.actions.request_connection import check_open
from consentry.connections.actions.write_receipt import write_receipt
from consentry.connections.deciding import Seen, make_move
from consentry.connections.models import Connection
from consentry.connections.queries.consent_at import version_to_approve
from consentry.partners.models import App, PermissionSetVersion
from consentry.partners.queries.apps import app_by_user
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State, move
from consentry.rules.pages import Page
from consentry.rules.receipts import Decision
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def connect_by_link(site: Site, application_user: str, seen: Seen, *, by: Account, at: datetime) -> Connection:
    """The app is approved at its newest version, which was shown; where it is approved already, nothing changes.

    In both cases that somebody let it have tokens is on record. `seen.moves` is 0 for an app that never asked here.
    Raises MoveRefusedError when it stands otherwise than was shown, has published nothing, is suspended or not live;
    NotPermittedError for somebody who may not decide; App.DoesNotExist.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, timezone.localdate(at))
        app = app_by_user(application_user)
        found = _lock(site, app)
        version = _as_seen(app, found, seen)
        check_open(app, site, State(found.state) if found else State.NONE)
        connection = found or _ask(this, site, app, version)
        if connection.state != State.APPROVED:
            _approve(this, connection, version, by)
        this.record(EventName.CONNECT_LINK_USED, connection, **_about(connection, version))
    return connection


def _lock(site: Site, app: App) -> Connection | None:
    locked = Connection.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("app__company", "school", "version").filter(school=site, app=app).first()


def _as_seen(app: App, found: Connection | None, seen: Seen) -> PermissionSetVersion:
    """The version that is decided on, if it still is what was shown."""
    state, moves = (State(found.state), found.moves) if found else (State.NONE, 0)
    version = version_to_approve(app, found)
    if version is None:
        raise MoveRefusedError(MoveRefusal.NOTHING_PUBLISHED, state)
    if moves != seen.moves or version.id != seen.version:
        raise MoveRefusedError(MoveRefusal.CHANGED_MEANWHILE, state)
    return version


def _ask(this: Change, site: Site, app: App, version: PermissionSetVersion) -> Connection:
    """The app's request, which nobody but the person with the link is told of: they decide on it now.

    Of two links at once the second is told that somebody was first.
    """
    state = move(State.NONE, Move.REQUEST)
    connection = Connection(school=site, app=app, state=state, asked=version, follows=version, requested_at=this.at)
    try:
        connection.save(force_insert=True)
    except IntegrityError:
        raise MoveRefusedError(MoveRefusal.CHANGED_MEANWHILE, State.PENDING) from None
    this.record(EventName.CONNECTION_REQUESTED, connection, **_about(connection, version))
    return connection


def _approve(this: Change, connection: Connection, version: PermissionSetVersion, by: Account) -> None:
    make_move(this, connection, Move.APPROVE, by)
    connection.asked = connection.version = connection.follows = version
    connection.save()
    write_receipt(this, connection, Decision.APPROVED, about=version)
    this.record(EventName.CONNECTION_APPROVED, connection, **_about(connection, version))


def _about(connection: Connection, version: PermissionSetVersion) -> dict[str, Detail]:
    return {"app": connection.app_id, "app_name": connection.app.name, "version": version.number}
