"""End the reviews of a connection that nobody is to decide any more."""

from consentry.audit.change import Change
from consentry.connections.models import Connection, Review
from consentry.rules.review_life import ReviewMove, ReviewState, review_move

_UNDECIDED = (ReviewState.OPEN, ReviewState.DECLINED)


def end_reviews(this: Change, connection: Connection, by: ReviewMove) -> None:
    """Superseded by a later version or withdrawn with the connection, whose row is locked. The event tells of that."""
    for review in Review.objects.filter(school=this.school, connection=connection, state__in=_UNDECIDED):
        review.state = review_move(ReviewState(review.state), by)
        review.moves += 1
        review.save(update_fields=["state", "moves"])
