"""What people of a trust decided for many of its schools in one go: a round, as the trust's events tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.partners.models import App
from consentry.rules.connection_life import Move
from consentry.rules.identity import SchoolId
from consentry.rules.trust_decisions import Obstacle

_LATEST = 50


@dataclass(frozen=True)
class Round:
    """One round: for which schools it was done, and what was in the way at the others, by their ids.

    `left_out` says how many were named that were not the trust's, or no longer: nothing else is kept of them.
    """

    run: str
    move: Move
    by: str
    at: datetime
    done: tuple[int, ...]
    not_done: dict[int, Obstacle]
    left_out: int = 0


def round_of(trust: SchoolId, app_id: int, run: str) -> Round | None:
    """The round of this name, None where there was none. Inside `reading(trust)`."""
    told = _told(trust, app_id).filter(details__run=run).order_by("number")
    return _merged(told) if told else None


def rounds_of(trust: SchoolId, app_id: int) -> list[Round]:
    """The last rounds about this app, the newest first. Inside `reading(trust)`."""
    by_run: dict[str, list[Event]] = {}
    for event in _told(trust, app_id).order_by("-number")[:_LATEST]:
        by_run.setdefault(event.details["run"], []).insert(0, event)
    return [_merged(events) for events in by_run.values()]


def _told(trust: SchoolId, app_id: int) -> QuerySet[Event]:
    return Event.objects.filter(
        school_id=trust, subject_type=App.__name__, subject_id=app_id, name=EventName.TRUST_DECIDED
    )


def _merged(events: Iterable[Event]) -> Round:
    """One round of all events of its name: a form that was sent twice at the same moment leaves two."""
    first, *others = events
    all_of_it = [first, *others]
    done = tuple(dict.fromkeys(school for event in all_of_it for school in event.details["done"]))
    in_the_way = [written.split(" ", 1) for event in all_of_it for written in event.details["not_done"]]
    not_done = {int(school): Obstacle(why) for school, why in in_the_way if int(school) not in done}
    left_out = max(event.details.get("left_out", 0) for event in all_of_it)
    run, decision = first.details["run"], Move(first.details["decision"])
    return Round(run, decision, first.actor_name, first.at, done, not_done, left_out)
