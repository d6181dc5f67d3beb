"""What happened to a connection: who decided what and when, and what the app published."""

from dataclasses import dataclass
from datetime import datetime

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.connections.models import Connection
from consentry.partners.models import PermissionSetVersion
from consentry.rules.connection_life import Move
from consentry.rules.identity import SchoolId

_MOVES = {
    EventName.CONNECTION_REQUESTED: Move.REQUEST,
    EventName.CONNECTION_APPROVED: Move.APPROVE,
    EventName.CONNECTION_REJECTED: Move.REJECT,
}
_LONGEST = 100


@dataclass(frozen=True)
class Moved:
    """One move of a connection, from the event log: which version it was about, who made it."""

    move: Move
    version: int | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Published:
    """One version of what the app asks of every school."""

    number: int
    note: str
    at: datetime


def moves_of(school: SchoolId, connection_id: int) -> tuple[Moved, ...]:
    """The connection's moves, the newest first, at most the last hundred."""
    told = Event.objects.filter(
        school_id=school,
        subject_type=Connection.__name__,
        subject_id=connection_id,
        name__in=[name.value for name in _MOVES],
    )
    return tuple(
        Moved(_MOVES[EventName(event.name)], event.details.get("version"), event.actor_name, event.at)
        for event in told.order_by("-number")[:_LONGEST]
    )


def published_by(app_id: int) -> tuple[Published, ...]:
    """The app's versions, the newest first, at most the last hundred."""
    versions = PermissionSetVersion.objects.filter(app=app_id).order_by("-number")[:_LONGEST]
    return tuple(Published(each.number, each.note, each.published_at) for each in versions)
