"""The jobs that send returns. Rows say what is due and what waits; a job that is lost is asked for again."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from consentry.returns.actions.carry_out_run import carry_out_run
from consentry.returns.actions.end_consents import end_consents
from consentry.returns.actions.wake_sender import RETURN_JOB, wake_sender
from consentry.returns.queries.collectors import all_collectors
from consentry.returns.queries.due import runs_due, submissions_waiting
from consentry.rules.collectors import CollectorStatus
from consentry.schools.queries import site_of_id

RETURNS_JOB = "send_returns"
CONSENTS_JOB = "end_consents"


@app.periodic(cron="* * * * *")
@app.task(name=RETURNS_JOB, queueing_lock=RETURNS_JOB)
def send_returns(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """Ask for a job for each school and collector that has something to make or to send; how many were asked for."""
    now = timezone.now()
    active = all_collectors().filter(status=CollectorStatus.ACTIVE)
    wanted = {(int(due.school), collector.id) for collector in active for due in runs_due(collector, now)}
    wanted |= {(int(school), collector) for school, collector in submissions_waiting(now)}
    return sum(wake_sender(school, collector) for school, collector in sorted(wanted))


@app.periodic(cron="* * * * *")
@app.task(name=CONSENTS_JOB, queueing_lock=CONSENTS_JOB, lock=CONSENTS_JOB)
def end_consents_that_are_over(timestamp: int = 0) -> int:  # noqa: ARG001 - the periodic deferrer hands it over
    """End the consents to collectors that were discontinued, or that ask for more; how many ended."""
    return end_consents(at=timezone.now())


@app.task(name=RETURN_JOB)
def send_return(school: int, collector: int) -> str:
    """Carry out what is due for one school and collector; what became of it."""
    outcome = carry_out_run(site_of_id(school), collector, ca_file=settings.CONFIG.collector_ca, at=timezone.now())
    return outcome.value if outcome else ""
