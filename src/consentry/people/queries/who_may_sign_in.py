"""Who may be signed in at all."""

from django.db.models import Exists, OuterRef, QuerySet

from consentry.people.models import Account, Operator, User


def who_may_sign_in() -> QuerySet[User]:
    """The active users with an enabled account of their own at a site, or who act for a company or the operator.

    Which company is a matter of partners/, which stands above: its rows are named as Django names the way back.
    """
    enabled = Account.objects.filter(user=OuterRef("pk"), enabled=True, trust=None)
    operator = Operator.objects.filter(user=OuterRef("pk"), ended_at=None)
    member = User.objects.filter(pk=OuterRef("pk"), memberships__joined_at__isnull=False, memberships__ended_at=None)
    return User.objects.filter(Exists(enabled) | Exists(operator) | Exists(member), is_active=True)


def may_sign_in(user: User) -> bool:
    """Whether this user may be signed in."""
    return who_may_sign_in().filter(id=user.id).exists()
