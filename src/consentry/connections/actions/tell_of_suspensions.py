"""Tell the schools that approve an app that the operator has suspended it, and that it may go on."""

import logging
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from consentry.audit.actor import SYSTEM
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.connections.deciding import lock_connection
from consentry.connections.models import Connection
from consentry.connections.queries.suspensions import suspensions_to_tell
from consentry.people.actions.notify import notify
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.rules.pages import Page

_log = logging.getLogger(__name__)

_SUSPENDED = (
    "{app} is suspended",
    (
        "The operator of Consentry suspended {app} by {company} everywhere, on {on}. It reads nothing at {site}. "
        "What you approved stands for when it may go on: there is nothing for you to do. Ask {company} why."
    ),
)
_GOES_ON = (
    "{app} may go on",
    (
        "The operator of Consentry has let {app} by {company} go on: it can read again what {site} approves. "
        "If you no longer want that, reject it. Where it was connected by its link, somebody opens that link again."
    ),
)


class _ToldBeforeError(Exception):
    """The site knows how the app stands, or has decided since."""


def tell_of_suspensions(*, at: datetime) -> int:
    """Whoever may decide at each site is told once, in a transaction of its own; how many sites were told.

    Rows say who is still to be told; one that fails is tried again with the next run, and the others go on.
    """
    told, last = 0, 0
    while waiting := suspensions_to_tell(after=last):
        told += sum(tell_of_suspension(school, connection, at=at) for school, connection in waiting)
        last = waiting[-1][1]
    return told


def tell_of_suspension(school: SchoolId, connection_id: int, *, at: datetime) -> bool:
    """Whether this site was told now: not one that knows how the app stands, and not where that fails."""
    try:
        with change(actor=SYSTEM, at=at, school=school) as this:
            _tell_site(this, lock_connection(school, connection_id, "app__company", "school"))
    except _ToldBeforeError:
        return False
    except DatabaseError:
        _log.exception("site %s was not told how the app of connection %s stands", school, connection_id)
        return False
    return True


def _tell_site(this: Change, connection: Connection) -> None:
    app, site = connection.app, connection.school
    if connection.state != State.APPROVED or connection.suspension_told_at == app.suspended_at:
        raise _ToldBeforeError
    title, text = _SUSPENDED if app.suspended_at else _GOES_ON
    since = timezone.localtime(app.suspended_at or this.at)
    on = f"{since.day} {since:%B %Y} at {since:%H:%M}"
    words = {"app": app.name, "company": app.company.name, "site": site.name, "on": on}
    connection.suspension_told_at = app.suspended_at
    connection.save(update_fields=["suspension_told_at"])
    notify(
        this,
        accounts_permitted(SchoolId(site.id), opening_of(Page.PARTNER_APPS, site.level), timezone.localdate(this.at)),
        title=title.format(**words),
        text=text.format(**words),
        path=f"/{site.slug}/partner-apps/{connection.id}",
    )
    stands = "suspended" if app.suspended_at else "may go on"
    this.record(EventName.SUSPENSION_TOLD, connection, app=app.id, app_name=app.name, stands=stands)
