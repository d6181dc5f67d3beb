"""Remove what somebody proves themselves by beside their password, for whom has lost all of it."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.people.actions.end_sessions import end_sessions
from consentry.people.login_changes import LoginChange, tell_login_change
from consentry.people.models import User
from consentry.rules.invalid import InvalidError


def remove_second_factor(email: str, *, by: Actor, at: datetime) -> User:
    """The user has no authenticator app, passkey or recovery code any more, and is signed out everywhere.

    They sign in by their password or their school's provider, and set up another one. Each of their sites has
    it on record. Raises InvalidError where nobody signs in with this e-mail, or they have none.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise InvalidError("email", f"nobody signs in as {email}")
    with change(actor=by, at=at, school=None) as this:
        factors = Authenticator.objects.filter(user=user)
        kinds = tuple(sorted(factors.values_list("type", flat=True)))
        if not kinds:
            raise InvalidError("email", f"{email} has no second factor")
        factors.delete()
        end_sessions(user)
        tell_login_change(this, user, LoginChange.ALL_REMOVED, kinds=kinds)
    return user
