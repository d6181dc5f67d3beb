"""Which site a transaction works in: the setting that every row-security policy reads."""

from django.db import connection

from consentry.rules.identity import PLATFORM, SchoolId


def enter_site(school: SchoolId | None) -> None:
    """Let the open transaction see and write the rows of this site alone (of no site: the platform's own).

    The setting is local to the transaction, so a pooled or persistent connection never carries it on.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.school', %s, true)", [str(PLATFORM if school is None else school)])
