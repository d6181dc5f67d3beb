"""The turn of a school and a collector: whoever makes, sends or calls off their returns waits for it."""

from django.db import connection

from consentry.rules.identity import SchoolId

_TAKE = "select pg_advisory_xact_lock(hashtextextended('consentry return ' || %s, %s))"


def take_returns_turn(school: SchoolId, collector: int) -> None:
    """Wait, in an open transaction, for this turn, and keep it until the commit.

    It is kept while a submission is on its way, so that "consent was removed" means that nothing is sent any more: what
    was on its way has arrived or failed by then. No send takes longer than returns/sending.py allows.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [collector, school])
