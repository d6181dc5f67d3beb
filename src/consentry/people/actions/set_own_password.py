"""Set one's own password: by the old one, or by a link that was mailed."""

from datetime import datetime

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import change
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.login_changes import LoginChange, tell_login_change
from consentry.people.models import User


def set_own_password(user: User, password: str, *, at: datetime) -> None:
    """With the old password end the sessions that it opened. Each of their sites has it on record.

    The person is told by email, but not of the first one, which nobody had before them.
    """
    had_one = user.has_usable_password()
    with change(actor=Actor(ActorKind.USER, user.id, user.name), at=at, school=None) as this:
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
        tell_login_change(this, user, LoginChange.PASSWORD, mails=had_one)
