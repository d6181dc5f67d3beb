"""Tokens had while the operator, the company or the school takes them away: none stays alive, and nothing breaks."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.actions.connect_by_link import connect_by_link
from consentry.connections.actions.end_link_tokens import end_link_tokens
from consentry.connections.deciding import Seen
from consentry.connections.models import Connection
from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.resume_app import resume_app
from consentry.partners.actions.revoke_own_secret import revoke_own_secret
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.queries.secrets import secret_ending
from consentry.rules.company_roles import CompanyRole
from consentry.rules.connection_life import MoveRefusedError, State
from consentry.schools.queries import school_id
from tests.api.calls import Answered
from tests.api.oauth.conftest import Linked
from tests.linking import LinkedApp, read_with
from tests.races import TIMES, Racers
from tests.world import account_of, add_person, reject
from tests.world_partners import acts_for

pytestmark = pytest.mark.races


def elsewhere(app: LinkedApp, number: int) -> LinkedApp:
    """It comes from another address in each race, as guesses are counted by it."""
    return replace(app, address=f"172.20.{number // 250}.{number % 250 + 1}")


def tokens(linked: Linked) -> dict[str, Any]:
    answered = linked.app.exchange(linked.code())
    assert answered.status == 200, answered.body
    told: dict[str, Any] = answered.json
    return told


def state_of(linked: Linked) -> Connection:
    with reading(school_id(linked.site)):
        found = Connection.objects.select_related("app", "school", "asked", "version")
        return found.get(school=linked.site, app=linked.app.app)


def none_is_alive(linked: Linked, answers: list[Answered | None], number: int) -> None:
    """Of the tokens in these answers none reads and none is renewed."""
    for answered in answers:
        if answered is None:
            continue
        assert answered.status in {200, 400, 401}, answered.body
        if answered.status == 200:
            assert read_with(answered.json["access_token"], linked.site).status == 401
            assert elsewhere(linked.app, 9000 + number).refresh(answered.json["refresh_token"]).status == 400


def quietly(act: Callable[[], object]) -> Callable[[], Answered | None]:
    def do() -> None:
        act()

    return do


def connected(linked: Linked) -> Seen:
    """The app is approved at the site; how it stands."""
    connect(linked, linked.asha, Seen(linked.app.app.versions.get().id, 0))()
    now = state_of(linked)
    return Seen(now.asked_id, now.moves)


def connect(linked: Linked, who: Any, seen: Seen) -> Callable[[], bool]:
    """Whether the page of the link was answered with yes by this person, who saw this."""

    def do() -> bool:
        try:
            by = account_of(who, linked.site)
            connect_by_link(linked.site, linked.app.app.application_user, seen, by=by, at=timezone.now())
        except MoveRefusedError:
            return False
        return True

    return do


def test_suspended_while_tokens_are_had_nothing_is_alive_after_it_was_resumed(linked: Linked) -> None:
    """Issue: suspend at once for all schools. A code and a refresh token are used in the very moment."""
    connected(linked)
    app = linked.app.app
    with Racers(3) as racers:
        for number in range(TIMES):
            first, code = tokens(linked)["refresh_token"], linked.code()
            answers = racers.at_once(
                partial(elsewhere(linked.app, number).refresh, first),
                partial(elsewhere(linked.app, 2000 + number).exchange, code),
                quietly(partial(suspend_app, app, by=OPERATOR, at=timezone.now())),
            )
            resume_app(app, by=OPERATOR, at=timezone.now())

            none_is_alive(linked, answers, number)


def test_a_secret_is_taken_back_while_tokens_are_had_by_it(linked: Linked) -> None:
    """What was given meanwhile reads nothing; the chain goes on by the other secret."""
    connected(linked)
    app = linked.app.app
    dev = acts_for(app.company, add_person(linked.site, f"Dev {app.id}"), CompanyRole.DEVELOPER)
    with Racers(3) as racers:
        for number in range(TIMES):
            first = tokens(linked)["refresh_token"]
            short = replace(linked.app, secret=issue_secret(app, by=OPERATOR, at=timezone.now()))
            credential = secret_ending(app, short.secret[-4:])
            assert credential is not None
            renewed, given, _ = racers.at_once(
                partial(elsewhere(short, number).refresh, first),
                partial(elsewhere(short, 2000 + number).by_credentials),
                quietly(partial(revoke_own_secret, app.id, credential.id, by=dev, at=timezone.now())),
            )

            assert renewed is not None
            assert given is not None
            assert {renewed.status, given.status} <= {200, 401}
            for answered in (renewed, given):
                if answered.status == 200:
                    assert read_with(answered.json["access_token"], linked.site).status == 401
            newest = renewed.json["refresh_token"] if renewed.status == 200 else first
            assert elsewhere(linked.app, 4000 + number).refresh(newest).status == 200


def test_a_school_ends_tokens_while_they_are_renewed(linked: Linked) -> None:
    connected(linked)
    by, connection = account_of(linked.asha, linked.site), state_of(linked).id
    with Racers(3) as racers:
        for number in range(TIMES):
            first, second = tokens(linked)["refresh_token"], tokens(linked)["refresh_token"]
            answers = racers.at_once(
                partial(elsewhere(linked.app, number).refresh, first),
                partial(elsewhere(linked.app, 2000 + number).refresh, second),
                quietly(partial(end_link_tokens, linked.site, connection, by=by, at=timezone.now())),
            )

            none_is_alive(linked, answers, number)


def test_approving_by_link_beside_a_rejection_leaves_the_app_rejected_and_two_by_link_approve_it_once(
    linked: Linked,
) -> None:
    """Who comes second has seen what is no longer so; a code that was given reads nothing while it is rejected."""
    seen, ben = connected(linked), add_person(linked.site, f"Ben {linked.app.app.id}")
    with Racers(2) as racers:
        for number in range(TIMES):
            code, connection = linked.code(), state_of(linked)
            by_link, rejected = racers.at_once(
                connect(linked, linked.asha, seen),
                lambda connection=connection: bool(reject(connection, ben)),  # type: ignore[misc]
            )
            assert rejected
            assert state_of(linked).state == State.REJECTED
            given = elsewhere(linked.app, number).exchange(code).json["access_token"]
            assert read_with(given, linked.site).status == 403

            moves = state_of(linked).moves
            seen = Seen(seen.version, moves)
            done = racers.at_once(connect(linked, linked.asha, seen), connect(linked, ben, seen))
            assert sum(done) == 1
            now = state_of(linked)
            assert (now.state, now.moves) == (State.APPROVED, moves + 1)
            assert read_with(given, linked.site).status == 200
            assert by_link in {True, False}
            seen = Seen(seen.version, now.moves)
