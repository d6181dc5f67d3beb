"""Who may be signed in at all."""

from django.db.models import Exists, OuterRef, QuerySet

from consentry.people.models import Account, User


def who_may_sign_in() -> QuerySet[User]:
    """The users who are active and have an enabled account of their own at one site at least."""
    enabled = Account.objects.filter(user=OuterRef("pk"), enabled=True, trust=None)
    return User.objects.filter(Exists(enabled), is_active=True)


def may_sign_in(user: User) -> bool:
    """Whether this user may be signed in."""
    return who_may_sign_in().filter(id=user.id).exists()
