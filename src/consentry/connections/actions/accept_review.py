"""The school says yes to what an app asks for beyond what was approved."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.connections.actions.request_connection import check_open
from consentry.connections.actions.tell_company import tell_company
from consentry.connections.actions.write_receipt import write_receipt
from consentry.connections.models import Review
from consentry.connections.reviewing import lock_review, settle_review
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.connection_life import State
from consentry.rules.pages import Page
from consentry.rules.receipts import Decision
from consentry.rules.review_life import ReviewMove
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def accept_review(site: Site, review_id: int, moves: int, *, by: Account, at: datetime) -> Review:
    """The wider version is in force from the next call on. `moves` is what the person saw of the review.

    Raises ReviewRefusedError when it was decided, superseded or withdrawn meanwhile, MoveRefusedError for an app that
    is suspended or not live, NotPermittedError for somebody who may not decide, Review.DoesNotExist for another site's.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.PARTNER_APPS, timezone.localdate(at))
        review = lock_review(site, review_id, moves)
        connection = review.connection
        check_open(connection.app, site, State(connection.state))
        settle_review(this, review, ReviewMove.ACCEPT, by)
        connection.version = connection.asked = review.after
        connection.decided_at, connection.decided_by, connection.decided_from = at, by.user, by.trust
        connection.moves += 1
        connection.save()
        write_receipt(this, connection, Decision.REVIEW_ACCEPTED, about=review.after, before=review.before)
        tell_company(this, connection, Decision.REVIEW_ACCEPTED, review.after.number)
        this.record(
            EventName.REVIEW_ACCEPTED,
            review,
            connection=connection.id,
            app=connection.app_id,
            app_name=connection.app.name,
            version=review.after.number,
            before=review.before.number,
        )
    return review
