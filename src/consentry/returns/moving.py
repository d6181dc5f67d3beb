"""What the use cases share that bring a collector from one status to another."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.returns.checking import check_ready
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import collector_held
from consentry.rules.collectors import MOVES, CollectorStatus
from consentry.rules.invalid import InvalidError

_EVENTS = {
    CollectorStatus.ACTIVE: EventName.COLLECTOR_ACTIVATED,
    CollectorStatus.SUSPENDED: EventName.COLLECTOR_SUSPENDED,
    CollectorStatus.DISCONTINUED: EventName.COLLECTOR_DISCONTINUED,
}


def move_collector(number: int, to: CollectorStatus, notice: str, *, by: Actor, at: datetime) -> Collector:
    """Bring it there, once whatever is on its way to it has arrived or failed.

    Raises InvalidError for a move that cannot be made from where it stands by now, and for a notice that schools could
    not read; Collector.DoesNotExist.
    """
    if to is not CollectorStatus.ACTIVE:
        check_description("notice", notice)
    with change(actor=by, at=at, school=None) as this:
        kept = collector_held(number)
        if to not in MOVES[CollectorStatus(kept.status)]:
            raise InvalidError("status", f"{kept.name} is {kept.status} already")
        if to is CollectorStatus.ACTIVE:
            check_ready(kept)
        _move(this, kept, to, notice)
    return kept


def _move(this: Change, kept: Collector, to: CollectorStatus, notice: str) -> None:
    before, kept.status, kept.notice, kept.status_at = kept.status, to, notice, this.at
    kept.save(update_fields=["status", "notice", "status_at"])
    this.record(_EVENTS[to], kept, slug=kept.slug, before=before, notice=notice)
