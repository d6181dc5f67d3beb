"""Note that somebody has set up, removed or used something beside their password."""

from datetime import datetime

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import change
from consentry.people.login_changes import LoginChange, tell_login_change
from consentry.people.models import User


def note_login_change(user: User, what: LoginChange, *, at: datetime) -> None:
    """It is on record at each of their sites, and they are told."""
    with change(actor=Actor(ActorKind.USER, user.id, user.name), at=at, school=None) as this:
        tell_login_change(this, user, what)
