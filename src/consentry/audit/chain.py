"""Appending to a site's chain of events: each row carries the hash of the one before it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from consentry.audit.actor import Actor
from consentry.audit.happening import Happening
from consentry.audit.models import Event, EventChain
from consentry.rules.identity import SchoolId


def append_events(school: SchoolId, actor: Actor, at: datetime, happenings: Sequence[Happening]) -> None:
    """Write the events behind the last of their site. Takes the chain's head, the last lock before the commit."""
    chain = lock_chain(school)
    previous, number = bytes(chain.head), chain.length
    rows = []
    for happening in happenings:
        number += 1
        row = _row(school, number, actor, at, happening)
        row.previous_hash = previous
        row.hash = previous = digest(row)
        rows.append(row)
    Event.objects.bulk_create(rows)
    chain.head, chain.length = previous, number
    chain.save(update_fields=["head", "length"])


def lock_chain(school: SchoolId) -> EventChain:
    """The head of the site's chain, locked until the commit."""
    EventChain.objects.get_or_create(school_id=school)
    return EventChain.objects.select_for_update(no_key=True).get(school_id=school)


def _row(school: SchoolId, number: int, actor: Actor, at: datetime, happening: Happening) -> Event:
    return Event(
        school_id=school,
        number=number,
        at=at,
        name=happening.name,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        subject_type=happening.subject_type,
        subject_id=happening.subject_id,
        subject_name=happening.subject_name,
        details=happening.details,
    )


def digest(event: Event) -> bytes:
    """SHA-256 of the hash before and of everything this event says, written in one fixed form."""
    said = [
        event.school_id,
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.name,
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.subject_type,
        event.subject_id,
        event.subject_name,
        event.details,
    ]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(bytes(event.previous_hash) + text.encode()).digest()


def first_broken_link(school: SchoolId) -> int | None:
    """The number of the first event of this site that does not follow from the one before it, or None when all do.

    Also finds a chain whose last events were taken away: the head then names more than there are.
    """
    previous, number = b"", 0
    for event in Event.objects.filter(school_id=school).order_by("number").iterator():
        number += 1
        follows = event.number == number and bytes(event.previous_hash) == previous
        if not follows or bytes(event.hash) != digest(event):
            return number
        previous = bytes(event.hash)
    chain = EventChain.objects.filter(school_id=school).first()
    is_whole = (chain.length, bytes(chain.head)) == (number, previous) if chain else number == 0
    return None if is_whole else number + 1


def end_of(school: SchoolId) -> tuple[int, bytes]:
    """The number and the hash of the last event of this site; 0 and nothing where there is none."""
    chain = EventChain.objects.filter(school_id=school).first()
    return (chain.length, bytes(chain.head)) if chain else (0, b"")


def hash_of(school: int, number: int) -> bytes | None:
    """The hash of this event of the site, or None where there is no such event."""
    event = Event.objects.filter(school_id=school, number=number).first()
    return bytes(event.hash) if event else None
