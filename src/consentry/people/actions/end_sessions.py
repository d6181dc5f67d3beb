"""Sign a person out, wherever they are signed in."""

from consentry.people.models import Session, User


def end_sessions(user: User) -> int:
    """All sessions of the user have ended, on every worker, from their next click on; how many there were.

    To be called in the transaction of what it belongs to (disabling somebody, "sign out everywhere", a new password, a
    new e-mail), whose event tells of it. Sessions are no guarded rows: by themselves they say nothing.
    """
    _, ended = Session.objects.filter(user=user).delete()
    return ended.get(Session._meta.label, 0)
