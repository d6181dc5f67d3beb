"""Mailing what rows say is to be mailed: each once, the oldest first, those that fail again with the next run."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from consentry.audit.actor import SYSTEM
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.rules.identity import SchoolId

SECONDS = 20
"""How long a mail server may take."""

Take = Callable[[Change, int], EmailMessage | None]
"""Locks the row of this number (skipping one that another run has), marks it, records that, and writes the mail.

None for a row that needs none any more.
"""

_log = logging.getLogger(__name__)


def mail_each(waiting: list[tuple[int, SchoolId | None]], take: Take, *, at: datetime) -> int:
    """Mail what waits; how many were sent.

    One transaction for each: marked and mailed, and then committed, so that a failure leaves it for the next run and
    two runs at once send it once. A mail server that is away ends the run.
    """
    if not waiting:
        return 0
    mailer = get_connection(timeout=SECONDS)
    try:
        mailer.open()
    except OSError as away:
        _log.warning("mail server is away: %s", type(away).__name__)
        return 0
    with mailer:
        return sum(_mail(number, school, mailer, take, at) for number, school in waiting)


def _mail(number: int, school: SchoolId | None, mailer: BaseEmailBackend, take: Take, at: datetime) -> bool:
    """Mail one, unless another run has it or had it."""
    try:
        with change(actor=SYSTEM, at=at, school=school) as this:
            mail = take(this, number)
            if mail is not None:
                mail.connection = mailer
                mail.send()
    except ChangeWithoutEventError:
        return False
    except (OSError, ValueError) as failure:  # ValueError: an address or header that cannot be sent
        _log.warning("mail %s of site %s was not sent: %s", number, school, type(failure).__name__)
        return False
    return True
