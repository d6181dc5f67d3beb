"""What happened to a connection: who decided what and when, and what the app published."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from consentry.audit.actor import ActorKind
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.connections.models import Connection, Review
from consentry.partners.models import PermissionSetVersion
from consentry.rules.identity import SchoolId

_OF_CONNECTION = (
    EventName.CONNECTION_REQUESTED,
    EventName.CONNECTION_APPROVED,
    EventName.CONNECTION_REJECTED,
    EventName.REQUEST_CHANGED,
    EventName.VERSION_IN_FORCE,
)
_OF_REVIEW = (EventName.REVIEW_OPENED, EventName.REVIEW_ACCEPTED, EventName.REVIEW_DECLINED)
_LONGEST = 100


@dataclass(frozen=True)
class Moved:
    """One move of a connection or of a review of it, from the event log: which version it was about, who made it."""

    what: EventName
    version: int | None
    by: str
    at: datetime
    is_app: bool = False


@dataclass(frozen=True)
class Published:
    """One version of what the app asks of every school."""

    number: int
    note: str
    at: datetime


def moves_of(school: SchoolId, connection_id: int) -> tuple[Moved, ...]:
    """The connection's moves and those of its reviews, the newest first, at most the last hundred. One query."""
    reviews = Review.objects.filter(school=school, connection=connection_id).values("id")
    told = Event.objects.filter(
        Q(subject_type=Connection.__name__, subject_id=connection_id, name__in=_OF_CONNECTION)
        | Q(subject_type=Review.__name__, subject_id__in=reviews, name__in=_OF_REVIEW),
        school_id=school,
    )
    return tuple(
        Moved(
            EventName(event.name),
            event.details.get("version"),
            event.actor_name,
            event.at,
            is_app=event.actor_kind == ActorKind.APP.value,
        )
        for event in told.order_by("-number")[:_LONGEST]
    )


def published_by(app_id: int) -> tuple[Published, ...]:
    """The app's versions, the newest first, at most the last hundred."""
    versions = PermissionSetVersion.objects.filter(app=app_id).order_by("-number")[:_LONGEST]
    return tuple(Published(each.number, each.note, each.published_at) for each in versions)
