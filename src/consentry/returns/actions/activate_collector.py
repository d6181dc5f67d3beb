"""The operator activates a collector: the returns of schools are sent to it."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.names import EventName
from consentry.returns.models import Collector
from consentry.returns.moving import Move, move_collector
from consentry.rules.collectors import CollectorStatus


def activate_collector(number: int, *, by: Actor, at: datetime) -> Collector:
    """From its next run on it is sent to. Raises InvalidError where something is missing, Collector.DoesNotExist."""
    move = Move(CollectorStatus.ACTIVE, EventName.COLLECTOR_ACTIVATED)
    return move_collector(number, move, by=by, at=at)
