"""The school says yes."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.connections.actions.request_connection import check_open
from consentry.connections.actions.tell_company import tell_company
from consentry.connections.actions.write_receipt import write_receipt
from consentry.connections.deciding import Seen, lock_seen, make_move
from consentry.connections.models import Connection
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.connection_life import Move, State
from consentry.rules.pages import Page
from consentry.rules.receipts import Decision
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def approve_connection(site: Site, connection_id: int, seen: Seen, *, by: Account, at: datetime) -> Connection:
    """The version that was shown is in force from the next call on; an app rejected before reads again at once.

    Raises MoveRefusedError when it is not pending or rejected, when somebody decided meanwhile, and for an app that is
    suspended or not live; NotPermittedError for somebody who may not decide; Connection.DoesNotExist for another
    site's.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, timezone.localdate(at))
        connection = lock_seen(site, connection_id, seen)
        check_open(connection.app, site, State(connection.state))
        make_move(this, connection, Move.APPROVE, by)
        connection.version = connection.asked
        connection.save()
        write_receipt(this, connection, Decision.APPROVED, about=connection.asked)
        tell_company(this, connection, Decision.APPROVED, connection.asked.number)
        this.record(
            EventName.CONNECTION_APPROVED,
            connection,
            app=connection.app_id,
            app_name=connection.app.name,
            version=connection.asked.number,
        )
    return connection
