"""Ask for a link to set a new password, as somebody who has forgotten theirs."""

from procrastinate.contrib.django import app

from consentry.people.models import User

OWN_LINK_JOB = "mail_own_link"
"""The name of the job; project/jobs.py holds it."""

NOBODY = 0


def ask_own_link(user: User | None) -> None:
    """A job mails the link. For an e-mail of nobody (None) the same is done, and the job then finds nobody to mail to.

    So neither the answer nor how long it takes tells whether somebody has an e-mail, however slow the mail server is;
    and the e-mail of nobody is not kept. A job that is lost loses a mail that can be asked for again, and nothing else.
    """
    app.configure_task(OWN_LINK_JOB).defer(user=NOBODY if user is None else user.id)
