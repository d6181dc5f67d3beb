"""What the use cases share that bring a collector from one status to another."""

from dataclasses import dataclass
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description
from consentry.returns.checking import check_ready
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import collector_held
from consentry.rules.collectors import MOVES, CollectorStatus
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class Move:
    """Where a collector is brought, what schools read of it ("" for nothing), and the name of the event."""

    to: CollectorStatus
    name: EventName
    notice: str = ""


def move_collector(number: int, move: Move, *, by: Actor, at: datetime) -> Collector:
    """Bring it there, once whatever is on its way to it has arrived or failed.

    Raises InvalidError for a move that cannot be made from where it stands by now, and for a notice that schools could
    not read; Collector.DoesNotExist.
    """
    is_activated = move.to is CollectorStatus.ACTIVE
    if not is_activated:
        check_description("notice", move.notice)
    with change(actor=by, at=at, school=None) as this:
        kept = collector_held(number)
        before = CollectorStatus(kept.status)
        if move.to not in MOVES[before]:
            raise InvalidError("status", f"{kept.name} is {before.value} already")
        if is_activated:
            check_ready(kept)
        kept.status, kept.notice, kept.status_at = move.to, move.notice, at
        kept.save(update_fields=["status", "notice", "status_at"])
        this.record(move.name, kept, slug=kept.slug, before=before.value, notice=move.notice)
    return kept
