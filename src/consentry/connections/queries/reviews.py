"""Reviews at a site: the one of a connection, those that wait, and how much more the apps of a list want."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from consentry.connections.models import Review
from consentry.connections.queries.connection_at import AboutApp, about_app
from consentry.connections.queries.differences import Difference, differences, fields_more
from consentry.connections.queries.needs_attention import Attention, Waiting
from consentry.connections.queries.what_is_asked import AskedType, what_is_asked
from consentry.connections.queries.who_decided import decider
from consentry.partners.models import PermissionSetVersion
from consentry.records.queries.wipes import count_records
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.rules.review_life import ReviewState

_FIRST_FEW = 5


@dataclass(frozen=True)
class VersionOfReview:
    """One of the two versions that a review stands between."""

    number: int
    note: str
    published_at: datetime
    asked: tuple[AskedType, ...]


@dataclass(frozen=True)
class ReviewShown:
    """A review as its page shows it. `id` and `moves` are sent along with a decision.

    `records` is how many records of each data type there are at the site now; `in_force` the number of the version
    in force, None for an app that is not approved.
    """

    id: int
    connection: int
    connection_state: State
    app: AboutApp
    state: ReviewState
    moves: int
    opened_at: datetime
    decided_at: datetime | None
    decided_by: str
    before: VersionOfReview
    after: VersionOfReview
    in_force: int | None
    differences: tuple[Difference, ...]
    records: dict[str, int]


@dataclass(frozen=True)
class Undecided:
    """A review that can be accepted: whether it waits or was declined, its version, how many fields more that has."""

    state: ReviewState
    after: int
    more: int


def review_at(school: SchoolId, connection_id: int) -> ReviewShown:
    """The connection's review that waits, or else its last one. Three queries.

    Raises Review.DoesNotExist for a connection without any, and for another site's.
    """
    found = _of_site(school).filter(connection=connection_id).order_by(_open_first(), "-opened_at", "-id").first()
    if found is None:
        raise Review.DoesNotExist
    asked = what_is_asked([found.before_id, found.after_id])
    before, after = (_version(each, asked[each.id]) for each in (found.before, found.after))
    connection = found.connection
    return ReviewShown(
        id=found.id,
        connection=connection.id,
        connection_state=State(connection.state),
        app=about_app(connection.app),
        state=ReviewState(found.state),
        moves=found.moves,
        opened_at=found.opened_at,
        decided_at=found.decided_at,
        decided_by=_decider(found),
        before=before,
        after=after,
        in_force=connection.version.number if connection.version and connection.state == State.APPROVED else None,
        differences=differences(before.asked, after.asked),
        records=count_records(school),
    )


def review_to_decide(school: SchoolId, connection_id: int) -> Undecided | None:
    """The connection's review that waits, or that was declined and can be accepted still. Two queries at most."""
    undecided = (ReviewState.OPEN, ReviewState.DECLINED)
    reviews = Review.objects.filter(school=school, connection=connection_id, state__in=undecided)
    found = reviews.select_related("after").order_by(_open_first(), "-opened_at").first()
    if found is None:
        return None
    asked = what_is_asked([found.before_id, found.after_id])
    more = fields_more(differences(asked[found.before_id], asked[found.after_id]))
    return Undecided(ReviewState(found.state), found.after.number, more)


def waiting_reviews(school: SchoolId) -> Attention:
    """The reviews that wait for a decision, the longest waiting first. Two queries."""
    waiting = _of_site(school).filter(state=ReviewState.OPEN).order_by("opened_at", "id")
    found = tuple(
        Waiting(each.connection_id, each.connection.app.name, each.connection.app.company.name, each.opened_at)
        for each in waiting[:_FIRST_FEW]
    )
    return Attention(found, waiting.count())


def count_reviews(school: SchoolId) -> int:
    """How many reviews wait for a decision. One query."""
    return Review.objects.filter(school=school, state=ReviewState.OPEN).count()


def wanted_more(school: SchoolId, connections: Iterable[int]) -> dict[int, int]:
    """How many fields more each of these connections' apps wants, where a review waits. Two queries at most."""
    waiting = list(Review.objects.filter(school=school, connection__in=connections, state=ReviewState.OPEN))
    asked = what_is_asked({number for each in waiting for number in (each.before_id, each.after_id)}) if waiting else {}
    return {
        each.connection_id: fields_more(differences(asked[each.before_id], asked[each.after_id])) for each in waiting
    }


def _of_site(school: SchoolId) -> QuerySet[Review]:
    app = ("connection__app__company", "connection__app__picture", "connection__version")
    related = (*app, "before", "after", "decided_by", "decided_from")
    return Review.objects.filter(school=school).select_related(*related).defer("connection__app__picture__png")


def _open_first() -> Case:
    return Case(When(state=ReviewState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())


def _decider(review: Review) -> str:
    by, trust = review.decided_by, review.decided_from
    return decider(by.name if by else None, trust.name if trust else None, is_decided=review.decided_at is not None)


def _version(version: PermissionSetVersion, asked: tuple[AskedType, ...]) -> VersionOfReview:
    return VersionOfReview(version.number, version.note, version.published_at, asked)
