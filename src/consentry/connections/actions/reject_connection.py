"""The school says no, or no longer."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.connections.deciding import Seen, lock_seen, make_move
from consentry.connections.models import Connection
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.connection_life import Move
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def reject_connection(site: Site, connection_id: int, seen: Seen, *, by: Account, at: datetime) -> Connection:
    """The app reads nothing from its next call on, with whatever token it holds.

    Raises MoveRefusedError when it is rejected already or somebody decided meanwhile; NotPermittedError for somebody
    who may not decide; Connection.DoesNotExist for another site's.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, timezone.localdate(at))
        connection = lock_seen(site, connection_id, seen)
        make_move(this, connection, Move.REJECT, by)
        connection.save()
        this.record(
            EventName.CONNECTION_REJECTED,
            connection,
            app=connection.app_id,
            app_name=connection.app.name,
            version=connection.asked.number,
        )
    return connection
