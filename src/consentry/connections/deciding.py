"""What approving and rejecting share: one outcome when two decide at once."""

from dataclasses import dataclass

from consentry.audit.change import Change
from consentry.connections.models import Connection
from consentry.people.models import Account
from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State, move
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
    connection = (
        Connection.objects.select_for_update(no_key=True, of=("self",))
        .select_related("app__company", "school", "asked", "version", "follows", "decided_from")
        .get(school=site, id=connection_id)
    )
    if connection.moves != seen.moves or connection.asked_id != seen.version:
        raise MoveRefusedError(MoveRefusal.CHANGED_MEANWHILE, State(connection.state))
    return connection


def make_move(this: Change, connection: Connection, by: Move, account: Account) -> None:
    """Make the move and say who made it, when."""
    connection.state = move(State(connection.state), by)
    connection.decided_at = this.at
    connection.decided_by = account.user
    connection.decided_from = account.trust
    connection.moves += 1
