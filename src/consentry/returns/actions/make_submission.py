"""Make what is to be sent of a school to a collector: written out, checked, and kept before a byte of it leaves."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from consentry.audit.actor import SYSTEM
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.returns.actions.wake_sender import wake_sender
from consentry.returns.calling_off import call_off_waiting
from consentry.returns.locking import take_returns_turn, take_returns_turn_soon
from consentry.returns.making import Made, make_return
from consentry.returns.models import Collector, Submission
from consentry.returns.queries.collectors import collector_shared
from consentry.returns.queries.consents import what_is_in_the_way
from consentry.returns.queries.submissions import last_received, submissions_of
from consentry.rules.assembling_payloads import FoundFault
from consentry.rules.pages import Page
from consentry.rules.return_runs import Run
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import Ending, SubmissionState
from consentry.schools.models import Site
from consentry.schools.queries import school_id


class NotSendingError(Exception):
    """Nothing is sent of this school to this collector now; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True)
class Wanted:
    """Which run of which day is to be made; `by` asked for it by hand, None for the schedule and the operator."""

    run: Run
    day: date
    by: Account | None = None


def make_submission(site: Site, collector: int, wanted: Wanted, *, at: datetime) -> Submission | None:
    """What is to be sent now, or what kept it back; what waited before is contained in it and called off.

    None where the schedule's run was made already, and where there is nothing to tell in the holidays. Raises
    NotSendingError, and for a person NotPermittedError, and OnItsWayError while the one before is being sent.
    """
    try:
        with change(actor=acting(wanted.by) if wanted.by else SYSTEM, at=at, school=school_id(site)) as this:
            if wanted.by:
                check_may(wanted.by, site, Page.DATA_RETURNS, timezone.localdate(at))
            (take_returns_turn_soon if wanted.by else take_returns_turn)(this.school, collector)
            asking = collector_shared(collector)
            if obstacle := what_is_in_the_way(site, asking):
                raise NotSendingError(obstacle)
            return _make(this, site, asking, wanted)
    except ChangeWithoutEventError:
        return None


def _make(this: Change, site: Site, collector: Collector, wanted: Wanted) -> Submission | None:
    same = submissions_of(this.school, collector).filter(day=wanted.day, run=wanted.run, in_force=True)
    if wanted.run is not Run.BY_HAND and same.exists():
        return None
    made = make_return(site, collector, wanted.day)
    submission = _submission(this, site, collector, wanted, made)
    if wanted.run is not Run.BY_HAND and not made.tells_of_sessions and not _takes_back(submission):
        return None
    call_off_waiting(this, collector, Ending.REPLACED)
    same.update(in_force=False)
    submission.save()
    if wanted.run is Run.BY_HAND:
        transaction.on_commit(lambda: wake_sender(site.id, collector.id), robust=True)
    name = EventName.SUBMISSION_KEPT_BACK if made.document is None else EventName.SUBMISSION_MADE
    this.record(name, submission, collector=collector.slug, day=wanted.day.isoformat(), run=wanted.run.value)
    return submission


def _submission(this: Change, site: Site, collector: Collector, wanted: Wanted, made: Made) -> Submission:
    kept_back = made.document is None
    return Submission(
        school=site,
        collector=collector,
        day=wanted.day,
        run=wanted.run,
        version=collector.version,
        key=uuid4(),
        first_day=made.days[0],
        document=made.document,
        media_type=made.media_type,
        faults=[_told(each) for each in made.faults],
        asked_by=wanted.by.user.name if wanted.by else "",
        made_at=this.at,
        state=SubmissionState.FAILED if kept_back else SubmissionState.WAITING,
        next_at=None if kept_back else this.at,
        ended_at=this.at if kept_back else None,
        ending=Ending.NOT_SENDABLE if kept_back else "",
    )


def _told(fault: FoundFault) -> dict[str, Any]:
    session = fault.session.value if fault.session else ""
    return asdict(fault) | {"fault": fault.fault.value, "day": fault.day.isoformat(), "session": session}


def _takes_back(submission: Submission) -> bool:
    """Whether the collector still holds sessions of days of this window, which tells of none any more."""
    before = last_received(submission)
    return before is not None and before.day >= submission.first_day and b'"session"' in bytes(before.document or b"")
