"""Who looks after the whole product."""

from consentry.people.models import Operator, User


def is_operator(user: User) -> bool:
    """Whether this user may use the operator's desk now."""
    return Operator.objects.filter(user=user, ended_at=None, user__is_active=True).exists()


def operators_now() -> list[Operator]:
    """Everybody who may use the operator's desk now, by name. One query."""
    return list(Operator.objects.filter(ended_at=None).select_related("user").order_by("user__name"))


def user_called(email: str) -> User | None:
    """Who signs in with this email, whatever the case of its letters, or None."""
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        return None
