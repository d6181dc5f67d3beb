"""What approving and rejecting share: one outcome when two decide at once."""

from dataclasses import dataclass

from consentry.audit.change import Change
from consentry.connections.models import Connection
from consentry.people.models import Account
from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State, move
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site


@dataclass(frozen=True)
class Seen:
    """What the person had before them when they decided: the version shown, and how many moves there had been."""

    version: int
    moves: int


def lock_seen(site: Site, connection_id: int, seen: Seen) -> Connection:
    """The connection, locked, still as it was seen. Another site's is not found (Connection.DoesNotExist).

    Raises MoveRefusedError when somebody decided meanwhile: one decision wins and the other is told.
    """
    related = ("app__company", "school", "asked", "version", "follows", "decided_from")
    connection = lock_connection(SchoolId(site.id), connection_id, *related)
    if connection.moves != seen.moves or connection.asked_id != seen.version:
        raise MoveRefusedError(MoveRefusal.CHANGED_MEANWHILE, State(connection.state))
    return connection


def lock_connection(school: SchoolId, connection_id: int, *related: str) -> Connection:
    """The site's connection, locked, and only then read with what it refers to. Raises Connection.DoesNotExist.

    In one statement with the joins, PostgreSQL would join the row as it is after the wait for the lock to what the row
    referred to before it, and find nothing where another decision had changed the version.
    """
    Connection.objects.select_for_update(no_key=True).only("id").get(school=school, id=connection_id)
    return Connection.objects.select_related(*related).get(school=school, id=connection_id)


def make_move(this: Change, connection: Connection, by: Move, account: Account) -> None:
    """Make the move and say who made it, when. A suspension that the site was told of before is no news after it."""
    connection.state = move(State(connection.state), by)
    connection.decided_at = this.at
    connection.decided_by = account.user
    connection.decided_from = account.trust
    connection.moves += 1
    connection.suspension_told_at = None
