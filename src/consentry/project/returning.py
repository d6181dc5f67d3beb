"""Making and sending returns from the command line: what is due, school by school, and what became of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.reading import reading
from consentry.returns.actions.carry_out_run import carry_out_run
from consentry.returns.actions.make_submission import NotSendingError, Wanted, make_submission
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.models import Collector, Submission
from consentry.returns.queries.collectors import all_collectors, collector_by_slug, collector_of_id, collectors_asking
from consentry.returns.queries.due import runs_due, submissions_waiting
from consentry.returns.queries.submissions import submissions_of
from consentry.rules.collectors import CollectorStatus
from consentry.rules.invalid import InvalidError
from consentry.rules.return_runs import Run
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import SubmissionState
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id, site_by_slug, site_of_id

IN_THE_WAY = {
    Obstacle.NOT_ASKED: "it does not ask this school",
    Obstacle.DISCONTINUED: "it is discontinued",
    Obstacle.DUMMY_SITE: "the pupils of a dummy site are invented: nothing of them is sent",
    Obstacle.NO_CONSENT: "the school gives no consent",
    Obstacle.SUSPENDED: "it is suspended",
}


@dataclass(frozen=True)
class Sent:
    """What stands at a school after an attempt; `submission` None: there was nothing to send."""

    site: Site
    collector: Collector
    submission: Submission | None

    @property
    def state(self) -> str:
        """As a terminal says it."""
        if self.submission is None:
            return "nothing to send"
        ending = f" ({self.submission.ending.replace('_', ' ')})" if self.submission.ending else ""
        return f"{SubmissionState(self.submission.state).label.lower()}{ending}"

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look at it."""
        return self.submission is None or self.submission.state in {
            SubmissionState.RECEIVED,
            SubmissionState.WAITING,
            SubmissionState.CALLED_OFF,
        }


def school_called(slug: str) -> Site:
    """The school. Raises InvalidError for one that there is not, and for a trust."""
    try:
        site = site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
    if site.kind == SiteKind.TRUST:
        raise InvalidError("site", "a trust sends no returns")
    return site


def collector_called(slug: str) -> Collector:
    """The collector. Raises InvalidError."""
    try:
        return collector_by_slug(slug)
    except Collector.DoesNotExist:
        known = ", ".join(each.slug for each in all_collectors()) or "none yet"
        raise InvalidError("collector", f"there is no collector called {slug}; there are: {known}") from None


def collectors_for(site: Site | None, slug: str | None) -> list[Collector]:
    """The one that is named, or all, or all that ask the school."""
    if slug:
        return [collector_called(slug)]
    return collectors_asking(site) if site else list(all_collectors())


def due_now(site: Site | None, slug: str | None, now: datetime) -> list[tuple[int, int]]:
    """The schools and collectors that have something to make or to send now, of these."""
    wanted = [each for each in collectors_for(site, slug) if each.status == CollectorStatus.ACTIVE]
    due = {(int(each.school), collector.id) for collector in wanted for each in runs_due(collector, now)}
    ids = {collector.id for collector in wanted}
    due |= {(int(school), collector) for school, collector in submissions_waiting(now) if collector in ids}
    return sorted(each for each in due if site is None or each[0] == site.id)


def send_due(due: list[tuple[int, int]], ca_file: str | None, progress: Callable[[], None]) -> Iterator[Sent]:
    """One attempt for each, one after the other."""
    for school, collector in due:
        site, asking = site_of_id(school), collector_of_id(collector)
        carry_out_run(site, collector, ca_file=ca_file, at=timezone.now())
        progress()
        yield Sent(site, asking, _newest(site, asking))


def send_by_hand(site: Site, collector: Collector, ca_file: str | None) -> Sent:
    """Make it anew and send it, whatever was sent today. Raises InvalidError where nothing may be sent."""
    now = timezone.now()
    try:
        make_submission(site, collector.id, Wanted(Run.BY_HAND, timezone.localdate(now)), at=now)
    except NotSendingError as kept:
        raise InvalidError("collector", f"{collector.slug}: {IN_THE_WAY[kept.obstacle]}") from None
    send_submission(school_id(site), collector.id, ca_file=ca_file, at=timezone.now())
    return Sent(site, collector, _newest(site, collector))


def _newest(site: Site, collector: Collector) -> Submission | None:
    with reading(school_id(site)):
        made = submissions_of(school_id(site), collector).defer("document")
        return made.filter(day=timezone.localdate(), in_force=True).first()
