"""The operator discontinues a collector, for good: it collects nothing any more."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.returns.models import Collector
from consentry.returns.moving import move_collector
from consentry.rules.collectors import CollectorStatus


def discontinue_collector(number: int, notice: str, *, by: Actor, at: datetime) -> Collector:
    """Nothing leaves from the commit on; end_consents then ends the consents. Schools read the notice.

    Raises as move_collector does.
    """
    return move_collector(number, CollectorStatus.DISCONTINUED, notice, by=by, at=at)
