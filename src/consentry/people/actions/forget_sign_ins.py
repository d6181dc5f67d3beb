"""Remove what is too old to be told in the Login History."""

from datetime import datetime, timedelta

from consentry.people.models import SignIn

KEPT = timedelta(days=400)
"""A year back and some, so that this autumn's sign-ins can be held beside those of the last one."""


def forget_sign_ins(*, at: datetime) -> int:
    """The attempts to sign in that were older than KEPT are gone; how many there were."""
    removed, _ = SignIn.objects.filter(at__lt=at - KEPT).delete()
    return removed
