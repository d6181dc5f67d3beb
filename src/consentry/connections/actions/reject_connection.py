"""The school says no, or no longer."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.connections.actions.end_reviews import end_reviews
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
from consentry.rules.review_life import ReviewMove
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def reject_connection(site: Site, connection_id: int, seen: Seen, *, by: Account, at: datetime) -> Connection:
    """The app reads nothing from its next call on, with whatever token it holds; a review that waited is withdrawn.

    What it would get if approved again is what it asks for now, its newest version.

    Raises MoveRefusedError when it is rejected already or somebody decided meanwhile; NotPermittedError for somebody
    who may not decide; Connection.DoesNotExist for another site's.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, timezone.localdate(at))
        connection = lock_seen(site, connection_id, seen)
        rejected = connection.version if connection.state == State.APPROVED and connection.version else connection.asked
        make_move(this, connection, Move.REJECT, by)
        connection.asked = connection.follows or connection.asked
        connection.save()
        end_reviews(this, connection, ReviewMove.WITHDRAW)
        write_receipt(this, connection, Decision.REJECTED, about=rejected)
        tell_company(this, connection, Decision.REJECTED, rejected.number)
        this.record(
            EventName.CONNECTION_REJECTED,
            connection,
            app=connection.app_id,
            app_name=connection.app.name,
            version=rejected.number,
        )
    return connection
