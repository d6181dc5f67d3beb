"""One person's login, locked: what several sites may do to it at once is done one after the other."""

from consentry.people.models import User


def lock_user(user_id: int) -> User:
    """The user, locked until the commit: all that is done to their login waits for each other."""
    return User.objects.select_for_update(no_key=True).get(id=user_id)
