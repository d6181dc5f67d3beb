"""Whether somebody of a trust can decide on an app for one of its schools from the trust's site, and why not."""

from dataclasses import dataclass
from enum import StrEnum

from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State, may_open, move


class Obstacle(StrEnum):
    """Why a decision cannot be carried out for a school. The value is what is stored."""

    NOT_REACHED = "not reached"
    NOT_PERMITTED = "not permitted"
    DISABLED_THERE = "disabled there"
    NOT_ENTERED = "not entered"
    TERMS = "terms"
    SECOND_FACTOR = "second factor"
    NOT_ASKED = "not asked"
    ALREADY = "already"
    NOT_FROM_HERE = "not from here"
    CHANGED_MEANWHILE = "changed meanwhile"
    APP_SUSPENDED = "app suspended"
    APP_NOT_LIVE = "app not live"
    FAILED = "failed"


OF_MOVES = {
    MoveRefusal.ALREADY_THERE: Obstacle.ALREADY,
    MoveRefusal.NOT_FROM_HERE: Obstacle.NOT_FROM_HERE,
    MoveRefusal.CHANGED_MEANWHILE: Obstacle.CHANGED_MEANWHILE,
    MoveRefusal.APP_NOT_LIVE: Obstacle.APP_NOT_LIVE,
    MoveRefusal.APP_NOT_ACCEPTED: Obstacle.APP_NOT_LIVE,
    MoveRefusal.OTHERS_SANDBOX: Obstacle.NOT_PERMITTED,  # no trust has one
    MoveRefusal.APP_SUSPENDED: Obstacle.APP_SUSPENDED,
    MoveRefusal.NOTHING_PUBLISHED: Obstacle.NOT_ASKED,
}
"""Why a move is refused at one school, as an obstacle among many."""


@dataclass(frozen=True)
class Presence:
    """How the person stands at the school: as External Administrator they act only where nothing of this is in the way.

    `factor_is_due` says that the school demands a second factor which this session has not used.
    """

    is_reached: bool
    is_permitted: bool
    has_entered: bool
    is_shut_out: bool
    terms_wait: bool
    factor_is_due: bool


@dataclass(frozen=True)
class AppAtSchool:
    """How the app stands at the school: its connection, and whether it may be connected there."""

    state: State
    app_is_live: bool
    app_is_suspended: bool
    site_is_dummy: bool


def obstacle_of(presence: Presence, app: AppAtSchool, decision: Move) -> Obstacle | None:
    """What is in the way of the decision at this school, None where nothing is: the person first, then the app."""
    return in_the_persons_way(presence) or _in_the_apps_way(app, decision)


def in_the_persons_way(presence: Presence) -> Obstacle | None:
    """What keeps the person from acting at the school, whatever it is about."""
    asked = (
        (not presence.is_reached, Obstacle.NOT_REACHED),
        (not presence.is_permitted, Obstacle.NOT_PERMITTED),
        (presence.is_shut_out, Obstacle.DISABLED_THERE),
        (not presence.has_entered, Obstacle.NOT_ENTERED),
        (presence.terms_wait, Obstacle.TERMS),
        (presence.factor_is_due, Obstacle.SECOND_FACTOR),
    )
    return next((obstacle for is_so, obstacle in asked if is_so), None)


def _in_the_apps_way(app: AppAtSchool, decision: Move) -> Obstacle | None:
    if app.state is State.NONE:
        return Obstacle.NOT_ASKED
    try:
        after = move(app.state, decision)
    except MoveRefusedError as refused:
        return OF_MOVES[refused.why]
    if after is not State.APPROVED:
        return None
    if app.app_is_suspended:
        return Obstacle.APP_SUSPENDED
    can_open = may_open(app_is_live=app.app_is_live, site_is_dummy=app.site_is_dummy)
    return None if can_open else Obstacle.APP_NOT_LIVE
