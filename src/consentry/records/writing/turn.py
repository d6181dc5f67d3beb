"""Whoever writes many records of a school at once waits for a turn: importers, menders, the wiping of a dummy site.

Those who take registers have theirs side by side, and none while one of those others has it.
"""

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from consentry.rules.identity import SchoolId

_TAKE = "select pg_advisory_xact_lock(hashtextextended('consentry import', %s))"
_TAKE_BESIDE = "select pg_advisory_xact_lock_shared(hashtextextended('consentry import', %s))"


class TurnTakenError(Exception):
    """Somebody else writes many records of the school, and goes on for longer than a page can wait."""


def take_turn(school: SchoolId) -> None:
    """Wait, in an open transaction, until nobody else has this school's turn, and keep it until the commit.

    Neither decisions nor reads wait for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [school])
        cursor.execute("set local work_mem = '64MB'")


def take_turn_soon(school: SchoolId) -> None:
    """The same for somebody who waits before a page: two seconds at most, then TurnTakenError."""
    _take_soon(_TAKE, school)


def take_turn_beside(school: SchoolId) -> None:
    """A turn beside others who take it so: for a few records, each of which its writer locks.

    Waits as `take_turn_soon`, and only for those who have the turn to themselves. Raises TurnTakenError.
    """
    _take_soon(_TAKE_BESIDE, school)


def _take_soon(take: str, school: SchoolId) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '2s'")
        try:
            cursor.execute(take, [school])
        except OperationalError as waited:
            if isinstance(waited.__cause__, LockNotAvailable):
                raise TurnTakenError from waited
            raise
        cursor.execute("set local lock_timeout to default")
