"""What an account was told at a site, and how those requests and reviews that were decided since were decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from consentry.connections.models import Connection, Review
from consentry.connections.queries.who_decided import decider
from consentry.people.models import Account, Notification
from consentry.people.queries.notifications import notifications_of
from consentry.rules.connection_life import State
from consentry.rules.review_life import ReviewState
from consentry.schools.models import Site


@dataclass(frozen=True)
class Decided:
    """How, by whom and when a request or a review was decided, last of all; a review ended otherwise has no `at`."""

    state: State | ReviewState
    by: str
    at: datetime | None


def what_was_told(account: Account, site: Site, *, only_open: bool = False) -> QuerySet[Notification]:
    """What the account was told here, the newest first, each with the decision since (see `decided_since`).

    Only the open ones: those that the account has not read and that nobody has decided since.
    """
    address = Concat(Value(f"/{site.slug}/partner-apps/", TextField()), Cast("id", TextField()))
    since = Connection.objects.filter(school=site, decided_at__gte=OuterRef("made_at")).annotate(address=address)
    decision = since.filter(address=OuterRef("path"))
    begin = Value(f"/{site.slug}/partner-apps/", TextField())
    about_review = Concat(begin, Cast("connection_id", TextField()), Value("/review", TextField()))
    reviews = Review.objects.filter(school=site, opened_at=OuterRef("made_at")).exclude(state=ReviewState.OPEN)
    review = reviews.annotate(address=about_review).filter(address=OuterRef("path"))
    told = notifications_of(account).annotate(
        review=Subquery(review.values("state")[:1]),
        review_by=Subquery(review.values("decided_by__name")[:1]),
        review_from=Subquery(review.values("decided_from__name")[:1]),
        review_at=Subquery(review.values("decided_at")[:1]),
        decision=Subquery(decision.values("state")),
        decided_by=Subquery(decision.values("decided_by__name")),
        decided_from=Subquery(decision.values("decided_from__name")),
        decided_at=Subquery(decision.values("decided_at")),
    )
    return told.filter(read_at=None, decision=None, review=None) if only_open else told


def decided_since(told: Notification) -> Decided | None:
    """The decision on what this one, of `what_was_told`, is about; None while that is open."""
    if told.review:  # type: ignore[attr-defined]
        by = decider(told.review_by, told.review_from, is_decided=told.review_at is not None)  # type: ignore[attr-defined]
        return Decided(ReviewState(told.review), by, told.review_at)  # type: ignore[attr-defined]
    if not told.decision:  # type: ignore[attr-defined]
        return None
    by = decider(told.decided_by, told.decided_from, is_decided=True)  # type: ignore[attr-defined]
    return Decided(State(told.decision), by, told.decided_at)  # type: ignore[attr-defined]
