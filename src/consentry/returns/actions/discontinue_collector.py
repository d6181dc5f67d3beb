"""The operator discontinues a collector, for good: it collects nothing any more."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.names import EventName
from consentry.returns.models import Collector
from consentry.returns.moving import Move, move_collector
from consentry.rules.collectors import CollectorStatus


def discontinue_collector(number: int, notice: str, *, by: Actor, at: datetime) -> Collector:
    """Nothing leaves from the commit on; end_consents then ends the consents. Schools read the notice.

    Raises as move_collector does.
    """
    move = Move(CollectorStatus.DISCONTINUED, EventName.COLLECTOR_DISCONTINUED, notice)
    return move_collector(number, move, by=by, at=at)
