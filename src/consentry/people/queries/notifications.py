"""What people were told."""

from django.db.models import QuerySet

from consentry.people.models import Account, Notification


def notifications_of(account: Account) -> QuerySet[Notification]:
    """What this account was told, the newest first."""
    return account.notifications.order_by("-made_at", "-id")
