"""Turns: of a school and a collector, and of a collector as a whole."""

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from consentry.rules.identity import SchoolId

_TAKE = "select pg_advisory_xact_lock(hashtextextended('consentry return ' || %s, %s))"
_REMOVING = "select pg_try_advisory_xact_lock(hashtextextended('consentry consent removed ' || %s, %s))"
_SHARE = "select pg_advisory_xact_lock_shared(hashtextextended('consentry collector', %s))"
_HOLD = "select pg_advisory_xact_lock(hashtextextended('consentry collector', %s))"


class OnItsWayError(Exception):
    """Something is on its way to the collector, for longer than a page can wait."""


def take_returns_turn(school: SchoolId, collector: int) -> None:
    """Wait, in an open transaction, for this turn, and keep it until the commit.

    It is kept while a submission is on its way, so that "consent was removed" means that nothing is sent any more: what
    was on its way has arrived or failed by then. No send takes longer than returns/sending.py allows.
    """
    _ask(_TAKE, collector, school)


def take_returns_turn_soon(school: SchoolId, collector: int) -> None:
    """The same, and the collector shared, for somebody who waits before a page: two seconds at most.

    A few people who press a button while a collector is slow would else keep all others from every page. Raises
    OnItsWayError.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '2s'")
        try:
            cursor.execute(_TAKE, [collector, school])
            cursor.execute(_SHARE, [collector])
        except OperationalError as waited:
            if isinstance(waited.__cause__, LockNotAvailable):
                raise OnItsWayError from waited
            raise
        cursor.execute("set local lock_timeout to default")


def is_first_to_remove(school: SchoolId, collector: int) -> bool:
    """Whether nobody else of the school waits to remove its consent; who is first is so until the commit."""
    with connection.cursor() as cursor:
        cursor.execute(_REMOVING, [collector, school])
        ((is_first,),) = cursor.fetchall()
    return bool(is_first)


def share_collector(collector: int) -> None:
    """Wait until nobody changes the collector or waits to, and keep others from it until the commit.

    The lock on its row alone would be shared past an operator who waits for it: while thousands of schools send, one
    after the other, nobody could discontinue the collector. This queue is fair.
    """
    _ask(_SHARE, collector)


def hold_collector(collector: int) -> None:
    """Wait until whoever relies on the collector as it is has committed; whoever comes later waits for this commit."""
    _ask(_HOLD, collector)


def _ask(question: str, *numbers: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(question, list(numbers))
