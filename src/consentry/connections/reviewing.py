"""What accepting and declining a review share: one outcome when two decide at once."""

from consentry.audit.change import Change
from consentry.connections.deciding import lock_connection
from consentry.connections.models import Review
from consentry.people.models import Account
from consentry.rules.identity import SchoolId
from consentry.rules.review_life import ReviewMove, ReviewRefusedError, ReviewState, review_move
from consentry.schools.models import Site


def lock_review(site: Site, review_id: int, moves: int) -> Review:
    """The review and its connection, locked, the connection first, as all that changes either does.

    Another site's is not found (Review.DoesNotExist). Raises ReviewRefusedError when something was done to it since it
    was seen: one decision wins and the other is told.
    """
    found = Review.objects.only("connection_id").get(school=site, id=review_id)
    related = ("app__company", "school", "decided_from")
    connection = lock_connection(SchoolId(site.id), found.connection_id, *related)
    reviews = Review.objects.select_for_update(no_key=True, of=("self",)).select_related("before", "after")
    review = reviews.get(school=site, id=review_id)
    review.connection = connection
    if review.moves != moves:
        raise ReviewRefusedError(ReviewState(review.state), is_stale=True)
    return review


def settle_review(this: Change, review: Review, by: ReviewMove, account: Account) -> None:
    """Make the move and say who made it, when. Raises ReviewRefusedError for a move that cannot be made."""
    review.state = review_move(ReviewState(review.state), by)
    review.decided_at = this.at
    review.decided_by = account.user
    review.decided_from = account.trust
    review.moves += 1
    review.save()
