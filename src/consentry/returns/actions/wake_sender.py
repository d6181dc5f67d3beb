"""Wake the job that sends what is due for a school and a collector."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

RETURN_JOB = "send_return"
"""The name of the job; project/jobs_of_returns.py holds it."""

_AFTER_PEOPLE = -10
"""Whom a person waits for comes first: mail, sandboxes."""


def wake_sender(school: int, collector: int) -> bool:
    """Ask for one run soon; one that waits already is enough. Whether it was asked for now. Rows say what is sent."""
    lock = f"{RETURN_JOB} {school} {collector}"
    job = app.configure_task(RETURN_JOB, queueing_lock=lock, priority=_AFTER_PEOPLE)
    try:
        job.defer(school=school, collector=collector)
    except AlreadyEnqueued:
        return False
    return True
