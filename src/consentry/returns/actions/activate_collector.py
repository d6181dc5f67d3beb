"""The operator activates a collector: the returns of schools are sent to it."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.returns.models import Collector
from consentry.returns.moving import move_collector
from consentry.rules.collectors import CollectorStatus


def activate_collector(number: int, *, by: Actor, at: datetime) -> Collector:
    """From its next run on it is sent to. Raises InvalidError where something is missing, Collector.DoesNotExist."""
    return move_collector(number, CollectorStatus.ACTIVE, "", by=by, at=at)
