"""Carry out what is due for a school and a collector: make the run whose time has come, and send what waits."""

from datetime import datetime

from consentry.returns.actions.make_submission import NotSendingError, Wanted, make_submission
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import collector_of_id
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.return_answers import Outcome
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def carry_out_run(site: Site, collector: int, *, ca_file: str | None, at: datetime) -> Outcome | None:
    """What became of the attempt; None where there was nothing to send. Safe to be called at any time, by many."""
    _make_what_is_due(site, collector_of_id(collector), at)
    return send_submission(school_id(site), collector, ca_file=ca_file, at=at)


def _make_what_is_due(site: Site, collector: Collector, at: datetime) -> None:
    due = collector.schedule.due(site.id, Jurisdiction(collector.jurisdiction), at)
    if due is None:
        return
    try:
        make_submission(site, collector.id, Wanted(*due), at=at)
    except NotSendingError:
        return
