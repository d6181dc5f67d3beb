"""What approving and rejecting share: one outcome when two decide at once."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.change import Change
from consentry.connections.models import Connection
from consentry.people.models import User
from consentry.people.queries import account_at, permissions_of
from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State, move
from consentry.rules.permissions import NotPermittedError, decides_on_apps
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class Seen:
    """What the person had before them when they decided: the version shown, and how many moves there had been."""

    version: int
    moves: int


def check_may_decide(site: Site, user: User, at: datetime) -> None:
    """Raise NotPermittedError, naming the permission, for somebody who may not decide on apps at this site today.

    Pages ask this before they show a button; the use case asks again, in the transaction of the decision.
    """
    needed = decides_on_apps(is_trust=site.kind == SiteKind.TRUST)
    account = account_at(user, school_id(site))
    if account is None or needed not in permissions_of(account, timezone.localdate(at)):
        raise NotPermittedError(needed)


def lock_seen(site: Site, connection_id: int, seen: Seen) -> Connection:
    """The connection, locked, still as it was seen. Another site's is not found (Connection.DoesNotExist).

    Raises MoveRefusedError when somebody decided meanwhile: one decision wins and the other is told.
    """
    connection = (
        Connection.objects.select_for_update(no_key=True, of=("self",))
        .select_related("app__company", "asked")
        .get(school=site, id=connection_id)
    )
    if connection.moves != seen.moves or connection.asked_id != seen.version:
        raise MoveRefusedError(MoveRefusal.CHANGED_MEANWHILE, State(connection.state))
    return connection


def make_move(this: Change, connection: Connection, by: Move, user: User) -> None:
    """Make the move and say who made it, when."""
    connection.state = move(State(connection.state), by)
    connection.decided_at = this.at
    connection.decided_by = user
    connection.moves += 1
