"""Which connections have not been brought along to their app's newest version yet."""

from dataclasses import dataclass

from django.db import connection

from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class Behind:
    """One connection, and the app that has published since."""

    school: SchoolId
    connection: int
    app: int
    app_name: str


def connections_behind(app_id: int | None = None, *, after: int = 0, most: int = 1_000) -> list[Behind]:
    """The oldest connections first, from the one of this id on: of one app, or of all.

    Asked across sites by a database function.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select school_id, connection_id, app_id, app_name from connections_behind(%s, %s, %s)",
            [app_id, after, most],
        )
        return [Behind(SchoolId(school), *others) for school, *others in cursor.fetchall()]
