"""The door: every change happens inside `change(...)`, in one transaction with the events that tell of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction

from consentry.audit.actor import Actor
from consentry.audit.chain import append_events
from consentry.audit.happening import Detail, Happening
from consentry.audit.names import EventName
from consentry.audit.site import enter_site
from consentry.rules.identity import PLATFORM, SchoolId

_open: ContextVar["Change | None"] = ContextVar("open_change", default=None)


class ChangeWithoutEventError(Exception):
    """A use case left the door without saying what it did; everything was rolled back."""


class OutsideChangeError(Exception):
    """A guarded row was to be written outside `change(...)`."""


@dataclass
class Change:
    """An open change: who, when, where, and what has been recorded so far."""

    actor: Actor
    at: datetime
    school: SchoolId
    happenings: list[Happening] = field(default_factory=list)

    def record(self, name: EventName, subject: models.Model, **details: Detail) -> None:
        """Say what was done to this row."""
        subject_id = getattr(subject, "id", None)
        self.happenings.append(Happening(name, type(subject).__name__, subject_id, str(subject), details))


@contextmanager
def change(*, actor: Actor, at: datetime, school: SchoolId | None) -> Iterator[Change]:
    """Open the door for one use case at one site (None: at the platform).

    The block's writes and its events commit together or not at all. It is durable: it cannot be nested in another
    transaction, so that "it returned" means "it is committed".
    Raises ChangeWithoutEventError when nothing was recorded.
    """
    this = Change(actor=actor, at=at, school=PLATFORM if school is None else school)
    with transaction.atomic(durable=True):
        enter_site(school)
        token = _open.set(this)
        try:
            yield this
        finally:
            _open.reset(token)
        if not this.happenings:
            raise ChangeWithoutEventError
        append_events(this.school, this.actor, this.at, this.happenings)


def require_open_change() -> Change:
    """The change that is open now; raises OutsideChangeError when there is none."""
    this = _open.get()
    if this is None:
        raise OutsideChangeError
    return this
