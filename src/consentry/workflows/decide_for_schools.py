"""Somebody of a trust decides on an app for many of its schools in one go.

Each school is a decision of its own, as if they had signed in there: its own transaction, its own event, and the
version and moves that were before the person. What one school refuses, or fails at, changes nothing at another.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.actions.approve_connection import approve_connection
from consentry.connections.actions.reject_connection import reject_connection
from consentry.connections.deciding import Seen
from consentry.connections.queries.app_in_trust import AppForMe, app_in_trust
from consentry.connections.queries.apps_by_school import app_of_trust
from consentry.connections.queries.rounds_of import Round, round_of
from consentry.partners.models import App
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.accounts import external_account_at
from consentry.people.queries.permissions import check_may
from consentry.rules.connection_life import Move, MoveRefusal, MoveRefusedError, State
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.rules.second_factor import Coming
from consentry.rules.trust_decisions import OF_MOVES, Obstacle, in_the_persons_way
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_log = logging.getLogger(__name__)

_DECIDE = {Move.APPROVE: approve_connection, Move.REJECT: reject_connection}
_AFTER = {Move.APPROVE: State.APPROVED, Move.REJECT: State.REJECTED}


@dataclass(frozen=True)
class Previewed:
    """One school as the person saw it before they confirmed: the connection, its version and its moves."""

    school: int
    connection: int
    seen: Seen


@dataclass(frozen=True)
class Wanted:
    """A round: `run` is its name, made with the preview, so that a form that is sent again is known."""

    app: int
    move: Move
    schools: tuple[Previewed, ...]
    run: str


def decide_for_schools(at_trust: Account, wanted: Wanted, coming: Coming, *, at: datetime) -> Round:
    """What was done and what could not be. A round that was carried out before is not carried out again.

    Of ids that name no school of the trust their number alone is kept: they are what a client has sent.
    Raises NotPermittedError for somebody who may not decide for schools at the trust, App.DoesNotExist for an app that
    has no connection with a school of the trust.
    """
    trust, today = school_id(at_trust.school), timezone.localdate(at)
    with reading(trust):
        check_may(at_trust, at_trust.school, Page.APPS_BY_SCHOOL, today)
        app = app_of_trust(trust, wanted.app)
        before = round_of(trust, app.id, wanted.run)
        schools = _schools(at_trust, app, coming, today)
    if before is not None:
        return before
    outcomes = {
        each.school: _decide(at_trust, each, schools[each.school], wanted.move, at)
        for each in wanted.schools
        if each.school in schools
    }
    return _tell(at_trust, app, wanted, outcomes, at)


def _schools(at_trust: Account, app: App, coming: Coming, today: date) -> dict[int, AppForMe]:
    return {each.site.id: each for each in app_in_trust(at_trust, app, coming, today)}


def _decide(at_trust: Account, previewed: Previewed, found: AppForMe, move: Move, at: datetime) -> Obstacle | None:
    """Carry it out at one school; what was in the way, None where it is done."""
    obstacle = in_the_persons_way(found.presence)
    if obstacle is not None:
        return obstacle
    if found.standing is None or found.standing.connection != previewed.connection:
        return Obstacle.NOT_ASKED
    try:
        return _decide_there(at_trust, found.site, previewed, move, at)
    except DatabaseError:  # this school's alone: the others go on
        _log.exception("a decision from a trust failed at site %s", previewed.school)
        return Obstacle.FAILED


def _decide_there(at_trust: Account, site: Site, previewed: Previewed, move: Move, at: datetime) -> Obstacle | None:
    account = external_account_at(at_trust.user, school_id(site), at_trust.school)
    if account is None:
        return Obstacle.DISABLED_THERE
    try:
        _DECIDE[move](site, previewed.connection, previewed.seen, by=account, at=at)
    except NotPermittedError:
        return Obstacle.NOT_PERMITTED
    except ObjectDoesNotExist:
        return Obstacle.NOT_ASKED
    except MoveRefusedError as refused:
        is_so = refused.why is MoveRefusal.CHANGED_MEANWHILE and refused.state is _AFTER[move]
        return Obstacle.ALREADY if is_so else OF_MOVES[refused.why]
    return None


def _tell(at_trust: Account, app: App, wanted: Wanted, outcomes: Mapping[int, Obstacle | None], at: datetime) -> Round:
    """The round in the trust's own events, from which its account is read again."""
    done = [school for school, obstacle in outcomes.items() if obstacle is None]
    not_done = {school: obstacle for school, obstacle in outcomes.items() if obstacle is not None}
    left_out = len(wanted.schools) - len(outcomes)
    party = acting(at_trust)
    with change(actor=party, at=at, school=school_id(at_trust.school)) as this:
        this.record(
            EventName.TRUST_DECIDED,
            app,
            run=wanted.run,
            decision=wanted.move.value,
            done=done,
            not_done=[f"{school} {obstacle.value}" for school, obstacle in not_done.items()],
            left_out=left_out,
        )
    return Round(wanted.run, wanted.move, party.name, at, tuple(done), not_done, left_out)
