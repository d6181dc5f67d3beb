"""The operator suspends a collector: nothing is sent to it until it is activated again."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.names import EventName
from consentry.returns.models import Collector
from consentry.returns.moving import Move, move_collector
from consentry.rules.collectors import CollectorStatus


def suspend_collector(number: int, notice: str, *, by: Actor, at: datetime) -> Collector:
    """Nothing leaves from the commit on; consents stay. Schools read the notice. Raises as move_collector does."""
    move = Move(CollectorStatus.SUSPENDED, EventName.COLLECTOR_SUSPENDED, notice)
    return move_collector(number, move, by=by, at=at)
