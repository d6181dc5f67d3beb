"""Wake the job that brings connections along to new versions, so that nobody waits for its next turn."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

FOLLOW_JOB = "bring_connections_along"
"""The name of the job; project/jobs.py holds it."""


def wake_follower() -> None:
    """Ask for one run soon; one asked for already is enough. Only a wake-up: rows say what is behind."""
    try:
        app.configure_task(FOLLOW_JOB, queueing_lock=FOLLOW_JOB).defer()
    except AlreadyEnqueued:
        return
