"""Approve a company's app at the company's own sandbox: nobody's data is there, so that no school has to decide."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.connections.actions.request_connection import check_open
from consentry.connections.actions.write_receipt import write_receipt
from consentry.connections.models import Connection, Review
from consentry.partners.models import App, CompanyMember, PermissionSetVersion
from consentry.partners.queries.apps import latest_version
from consentry.people.models import User
from consentry.rules.connection_life import MoveRefusal, MoveRefusedError, State
from consentry.rules.receipts import Decision
from consentry.rules.review_life import ReviewMove, ReviewState, review_move
from consentry.schools.models import Site
from consentry.schools.queries import school_id


class NotItsSandboxError(Exception):
    """The site is not the sandbox of the app's company."""


def approve_at_sandbox(app: App, site: Site, *, asked_by: CompanyMember | None, by: Actor, at: datetime) -> bool:
    """The app's newest version is in force at the sandbox; whether anything had to be done for it.

    `asked_by` is the member who pressed the button; None when a version was published or the sandbox made: then only a
    connection that there is not yet is made, so that what the sandbox's people decided stands. Raises
    MoveRefusedError for an app that has published nothing or is suspended, NotItsSandboxError.
    """
    if app.company.sandbox_id != site.id:
        raise NotItsSandboxError
    try:
        with change(actor=by, at=at, school=school_id(site)) as this:
            _approve(this, app, site, asked_by)
    except ChangeWithoutEventError:
        return False
    return True


def _approve(this: Change, app: App, site: Site, asked_by: CompanyMember | None) -> None:
    newest = latest_version(app)
    locked = Connection.objects.select_for_update(no_key=True, of=("self",)).select_related("app__company", "school")
    found = locked.filter(school=site, app=app).first()
    state = State(found.state) if found else State.NONE
    if newest is None:
        raise MoveRefusedError(MoveRefusal.NOTHING_PUBLISHED, state)
    check_open(app, site, state)
    if found is None:
        found = Connection(
            school=site, app=app, state=State.APPROVED, asked=newest, version=newest, follows=newest,
            requested_at=this.at, decided_at=this.at,
        )  # fmt: skip
        this.record(EventName.CONNECTION_REQUESTED, found, app=app.id, app_name=app.name, version=newest.number)
    elif asked_by is None or (state is State.APPROVED and found.version_id == newest.id):
        return
    _put_in_force(this, found, newest, asked_by.user if asked_by else None)


def _put_in_force(this: Change, connection: Connection, newest: PermissionSetVersion, by: User | None) -> None:
    connection.state = State.APPROVED
    connection.asked = connection.version = connection.follows = newest
    connection.decided_at, connection.decided_by, connection.decided_from = this.at, by, None
    connection.moves += 1
    connection.save()
    for review in Review.objects.filter(school=this.school, connection=connection, state__in=_UNDECIDED):
        review.state = review_move(ReviewState(review.state), ReviewMove.ACCEPT)
        review.decided_at, review.decided_by = this.at, by
        review.moves += 1
        review.save(update_fields=["state", "moves", "decided_at", "decided_by"])
    write_receipt(this, connection, Decision.APPROVED, about=newest)
    this.record(
        EventName.CONNECTION_APPROVED,
        connection,
        app=connection.app_id,
        app_name=connection.app.name,
        version=newest.number,
        sandbox=True,
    )


_UNDECIDED = (ReviewState.OPEN, ReviewState.DECLINED)
