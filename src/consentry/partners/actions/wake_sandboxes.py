"""Wake the job that makes companies' sandboxes, so that nobody waits for its next turn."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SANDBOX_JOB = "open_sandboxes"
"""The name of the job; project/jobs.py holds it."""


def wake_sandboxes() -> None:
    """Ask for one run soon; one asked for already is enough. Only a wake-up: companies without one say what to do."""
    try:
        app.configure_task(SANDBOX_JOB, queueing_lock=SANDBOX_JOB).defer()
    except AlreadyEnqueued:
        return
