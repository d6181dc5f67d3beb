"""Many at once with one code or one refresh token: one of them gets tokens, and nothing breaks (AS-03, AS-06, F7)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from consentry.partners.models import TokenChain
from tests.api.calls import Answered
from tests.api.oauth.conftest import Linked
from tests.linking import LinkedApp
from tests.races import TIMES, Racers

pytestmark = pytest.mark.races

AT_ONCE = 6


def all_at_once(racers: Racers, app: LinkedApp, do: Callable[[LinkedApp], Answered]) -> list[Answered]:
    """What each of them is answered; they come from another address in each race, as guesses are counted by it."""
    return racers.at_once(*[partial(do, app)] * AT_ONCE)


def elsewhere(app: LinkedApp, number: int) -> LinkedApp:
    return replace(app, address=f"172.16.{number // 250}.{number % 250 + 1}")


def test_of_many_with_one_code_one_gets_tokens(linked: Linked) -> None:
    """AS-03: six at once, exactly one success each, no 5xx; the others' replay then ends what was given."""
    with Racers(AT_ONCE) as racers:
        for number in range(TIMES):
            code = linked.code()
            answers = all_at_once(racers, elsewhere(linked.app, number), lambda app, code=code: app.exchange(code))  # type: ignore[misc]

            assert sorted(each.status for each in answers) == [200, *[400] * (AT_ONCE - 1)]
            assert {each.json["error"] for each in answers if each.status != 200} == {"invalid_grant"}
            (chain,) = TokenChain.objects.filter(app=linked.app.app)
            assert chain.ended_at is not None
            (good,) = [each.json for each in answers if each.status == 200]
            assert elsewhere(linked.app, 5000 + number).refresh(good["refresh_token"]).status == 400
            TokenChain.objects.all().delete()


def test_of_many_with_one_refresh_token_one_gets_the_next(linked: Linked) -> None:
    """AS-06: six at once."""
    with Racers(AT_ONCE) as racers:
        for number in range(TIMES):
            first = linked.app.exchange(linked.code()).json["refresh_token"]
            app = elsewhere(linked.app, 1000 + number)
            answers = all_at_once(racers, app, lambda app, first=first: app.refresh(first))  # type: ignore[misc]

            assert sorted(each.status for each in answers) == [200, *[400] * (AT_ONCE - 1)]
            (good,) = [each.json for each in answers if each.status == 200]
            assert elsewhere(linked.app, 6000 + number).refresh(good["refresh_token"]).status == 400


def test_renewing_and_giving_back_at_once_leaves_nothing_alive(linked: Linked) -> None:
    """AS-07 under a race: whoever was first, what was given back is gone."""
    with Racers(2) as racers:
        for number in range(TIMES):
            first = linked.app.exchange(linked.code()).json["refresh_token"]
            renewed, given_back = racers.at_once(
                partial(elsewhere(linked.app, 2000 + number).refresh, first),
                partial(elsewhere(linked.app, 3000 + number).revoke, first),
            )
            assert given_back.status == 200
            assert renewed.status in {200, 400}
            if renewed.status == 200:
                newest = renewed.json["refresh_token"]
                assert elsewhere(linked.app, 4000 + number).refresh(newest).status == 400
