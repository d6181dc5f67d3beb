"""Wake the job that mails notifications, so that nobody waits for its next turn."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

MAIL_JOB = "mail_notifications"
"""The name of the job; project/jobs.py holds it."""


def wake_mailer() -> None:
    """Ask for one run soon; one asked for already is enough. Only a wake-up: rows say what is to be mailed."""
    try:
        app.configure_task(MAIL_JOB, queueing_lock=MAIL_JOB).defer()
    except AlreadyEnqueued:
        return
