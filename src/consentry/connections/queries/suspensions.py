"""Which sites are to be told that an app of theirs was suspended, or may go on."""

from django.db import connection

from consentry.rules.identity import SchoolId


def suspensions_to_tell(*, after: int, most: int = 200) -> list[tuple[SchoolId, int]]:
    """Sites and the connections that this is about, by their ids, from the one after this; approved ones alone.

    Asked across sites by a database function. Companies' own sandboxes are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute("select school_id, connection_id from suspensions_to_tell(%s, %s)", [after, most])
        return [(SchoolId(school), number) for school, number in cursor.fetchall()]
