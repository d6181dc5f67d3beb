"""Note that secrets were used: at most once an hour each, so that the time is true to the hour."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection

TRUE_TO = timedelta(hours=1)


def note_secrets_used(credentials: Collection[int], *, at: datetime) -> int:
    """How many were noted: those that are good and were last noted an hour ago or longer.

    Written past the door, and without an event: the row is itself the record, and what the app did with the secret is
    told call by call by the access events. Nobody decides anything by it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update partners_credential set last_used_at = %s where id = any(%s) and revoked_at is null "
            "and (last_used_at is null or last_used_at <= %s)",
            [at, list(credentials), at - TRUE_TO],
        )
        return int(cursor.rowcount)
