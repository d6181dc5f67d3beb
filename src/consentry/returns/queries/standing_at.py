"""How one school stands with a collector: what is in the way, since when it consents, what was received, what waits."""

from dataclasses import dataclass
from datetime import date, datetime

from consentry.returns.models import Collector, Submission
from consentry.returns.queries.consents import open_consent, what_is_in_the_way
from consentry.returns.queries.submissions import submissions_of, waiting_for
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import SubmissionState
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class StandingAt:
    """`failed`: how many of today's that are in force failed. `newest`: what was made last, of any day."""

    obstacle: Obstacle | None
    consent_since: datetime | None
    last_received: datetime | None
    waiting: int
    failed: int
    newest: Submission | None


def standing_at(site: Site, collector: Collector, day: date) -> StandingAt:
    """As it is on this day. Call it in `reading` of the site."""
    school = school_id(site)
    made = submissions_of(school, collector).defer("document")
    received = made.filter(state=SubmissionState.RECEIVED).order_by("-ended_at").first()
    consent = open_consent(school, collector)
    return StandingAt(
        what_is_in_the_way(site, collector),
        consent.given_at if consent else None,
        received.ended_at if received else None,
        int(waiting_for(school, collector.id) is not None),
        made.filter(day=day, in_force=True, state=SubmissionState.FAILED).count(),
        made.first(),
    )
