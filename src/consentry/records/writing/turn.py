"""Whoever writes many records of a school at once waits for a turn: importers, and the wiping of a dummy site."""

from django.db import connection

from consentry.rules.identity import SchoolId


def take_turn(school: SchoolId) -> None:
    """Wait, in an open transaction, until nobody else has this school's turn, and keep it until the commit.

    Neither decisions nor reads wait for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('consentry import', %s))", [school])
        cursor.execute("set local work_mem = '64MB'")
