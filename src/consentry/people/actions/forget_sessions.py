"""Remove the sessions that have expired."""

from datetime import datetime

from consentry.people.models import Session


def forget_sessions(*, at: datetime) -> int:
    """The rows of sessions that had expired by then are gone; how many there were. None of them opens anything."""
    removed, _ = Session.objects.filter(expire_date__lte=at).delete()
    return removed
