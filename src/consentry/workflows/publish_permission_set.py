"""Publish the next version of what an app asks of every school, and bring its connections along, site by site."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from consentry.audit.actor import SYSTEM, Actor
from consentry.connections.actions.approve_at_sandbox import approve_at_sandbox
from consentry.connections.actions.follow_version import Followed, NothingToFollowError, follow_version
from consentry.connections.actions.wake_follower import wake_follower
from consentry.connections.queries.behind import Behind, connections_behind
from consentry.partners.actions.publish_draft import publish_draft
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.partners.models import App, CompanyMember, PermissionSetVersion
from consentry.partners.queries.drafts import DraftSeen

Progress = Callable[[int, int], None]
_AT_ONCE = 1_000
_log = logging.getLogger(__name__)


AT_THE_PRESS_OF_A_BUTTON = 20
"""So many connections come along before a page answers; a job, woken at once, brings the others."""


@dataclass(frozen=True)
class Publication:
    """The version, and what became of the app's connections; `waiting` are those that a job brings along."""

    version: PermissionSetVersion
    followed: Mapping[Followed, int]
    waiting: int


def publish_permission_set(
    app: App, rows: Sequence[AskedRow], *, note: str, by: Actor, at: datetime, progress: Progress | None = None
) -> Publication:
    """Publish, then bring along. Raises InvalidError for what cannot be published; then nothing has changed.

    Each site is a transaction of its own: what fails at one is done again by the job, and the others go on.
    """
    version = publish_version(app, rows, note=note, by=by, at=at)
    followed = bring_along(app.id, at=at, progress=progress)
    connect_to_sandbox(app, at=at)
    return Publication(version, followed, len(connections_behind(app.id)))


def connect_to_sandbox(app: App, *, at: datetime) -> bool:
    """An app that its company's sandbox does not know yet is approved there; whether it was.

    What the sandbox's people decided stands: a wider version waits there as a review, as at every school.
    """
    site = app.company.sandbox
    if site is None or app.suspended_at is not None:
        return False
    return approve_at_sandbox(app, site, asked_by=None, by=SYSTEM, at=at)


def publish_drafted(app: App, seen: DraftSeen, *, note: str, by: CompanyMember, at: datetime) -> Publication:
    """Publish the draft that a member saw, and bring along the first few; the job does the rest.

    Raises DraftChangedError, InvalidError, NotForThisMemberError, App.DoesNotExist as publish_draft; then nothing has
    changed.
    """
    version = publish_draft(app, seen, note=note, by=by, at=at)
    followed = bring_along(app.id, at=at, most=AT_THE_PRESS_OF_A_BUTTON)
    connect_to_sandbox(version.app, at=at)
    waiting = len(connections_behind(app.id))
    if waiting:
        wake_follower()
    return Publication(version, followed, waiting)


def bring_all_along(*, at: datetime, at_once: int = _AT_ONCE) -> int:
    """Bring along all connections of all apps that stand behind, each tried once; how many followed.

    So many are looked up at once. Those that fail are passed by, and left for the next time.
    """
    followed, last = 0, 0
    while behind := connections_behind(after=last, most=at_once):
        followed += sum(_follow(each, at) is not None for each in behind)
        last = behind[-1].connection
    return followed


def bring_along(
    app_id: int, *, at: datetime, progress: Progress | None = None, most: int = _AT_ONCE
) -> dict[Followed, int]:
    """Bring along the connections of one app that stand behind; what became of how many."""
    behind = connections_behind(app_id, most=most)
    followed: Counter[Followed] = Counter()
    for done, each in enumerate(behind, start=1):
        became = _follow(each, at)
        if became is not None:
            followed[became] += 1
        if progress is not None:
            progress(done, len(behind))
    return dict(followed)


def _follow(behind: Behind, at: datetime) -> Followed | None:
    try:
        return follow_version(behind, at=at)
    except NothingToFollowError:  # another run was faster
        return None
    except DatabaseError:
        _log.exception("connection %s of site %s was not brought along", behind.connection, behind.school)
        return None
