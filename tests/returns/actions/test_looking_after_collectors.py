"""The operator adds and changes collectors, sets their secrets, and brings them from one status to another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.returns.actions.activate_collector import activate_collector
from consentry.returns.actions.add_collector import add_collector
from consentry.returns.actions.add_shipped_collectors import add_shipped_collectors
from consentry.returns.actions.change_collector import WouldEndConsentError, change_collector
from consentry.returns.actions.discontinue_collector import discontinue_collector
from consentry.returns.actions.set_collector_secret import set_collector_secret
from consentry.returns.actions.suspend_collector import suspend_collector
from consentry.returns.checking import details_of, digest_of
from consentry.returns.credentials import FIRST, SECOND, SUBSCRIPTION, client_secrets, secret
from consentry.returns.models import Collector, FormerScope
from consentry.returns.queries.scopes import scope_of_version, ways_widened
from consentry.rules.invalid import InvalidError
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.sending_window import WindowUnit
from tests.returns.by_operator import active, change, last_event, wanted
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("database")


def test_the_product_comes_with_two_that_are_suspended_until_they_are_set_up() -> None:
    """Issue: the England aggregate profile and one pupil-free local-authority CSV profile come with it."""
    added = add_shipped_collectors(at=NOW)

    told = {each.slug: (each.legal_basis, each.granularity, each.format, each.status) for each in added}
    assert told == {
        "england-daily-attendance": ("consent", "crosstab", "json", "suspended"),
        "local-authority-attendance": ("duty", "marginals", "csv", "suspended"),
    }
    assert (last_event().name, last_event().actor_kind) == ("collector.added", "system")
    england, local = added
    assert str(england.scope.window) == "today and the 7 working days before it"
    with pytest.raises(InvalidError, match="address is missing"):
        activate_collector(england.id, by=OPERATOR, at=NOW)
    addresses = {"base_url": "https://la.example", "token_url": "https://la.example/token", "client_id": "us"}
    change(local, **addresses)
    with pytest.raises(InvalidError, match="which local authority it is is missing"):
        activate_collector(local.id, by=OPERATOR, at=NOW)
    change(local, **addresses, local_authority="860")
    with pytest.raises(InvalidError, match="a secret is missing"):
        activate_collector(local.id, by=OPERATOR, at=NOW)


def test_what_the_operator_changed_stays_when_the_product_is_updated() -> None:
    england, _ = add_shipped_collectors(at=NOW)
    change(england, name="Attendance of our pilot", window_previous=5)

    assert add_shipped_collectors(at=NOW) == []
    england.refresh_from_db()
    assert (england.name, england.window_previous, england.version) == ("Attendance of our pilot", 5, 2)


def test_a_name_in_addresses_is_taken_once() -> None:
    add_collector(wanted(), by=OPERATOR, at=NOW)

    with pytest.raises(InvalidError, match="already"):
        add_collector(wanted(), by=OPERATOR, at=NOW)


WIDER: list[tuple[dict[str, Any], str]] = [
    ({"recipient": "Somebody Else"}, "it goes to Somebody Else instead of Department for Practice"),
    ({"purpose": "To fine parents."}, "it is used for another purpose: To fine parents."),
    ({"granularity": Granularity.CROSSTAB}, "it counts each attendance code within each year group"),
    ({"window_previous": 8}, "it is about today and the 8 working days before it instead of"),
    ({"window_unit": WindowUnit.SCHOOL}, "it is about today and the 7 school days before it instead of"),
    ({"suppress_below": 0}, "numbers are told that were too small to be told"),
]


@pytest.mark.parametrize(("said", "way"), WIDER)
def test_whoever_asks_for_more_says_that_consent_may_end(said: dict[str, Any], way: str) -> None:
    """Issue: widening the data asked for ends consent until it is given again."""
    collector = active(granularity=Granularity.MARGINALS, suppress_below=5)
    before = collector.scope

    with pytest.raises(WouldEndConsentError) as would:
        change(collector, **said)
    kept = change(collector, anyway=True, **said)

    [told] = would.value.ways
    assert told.startswith(way)
    assert (kept.version, kept.consent_from) == (2, 2)
    assert scope_of_version(kept, 1) == before
    assert scope_of_version(kept, 2) == kept.scope
    assert ways_widened(kept, 1) == (told,)
    event = last_event()
    assert (event.name, event.details["widened"], event.details["version"]) == ("collector.changed", [told], 2)
    assert event.details["asked"] == list(before.told())
    assert event.details["asks"] == list(kept.scope.told())


@pytest.mark.parametrize(
    "said",
    [
        {"granularity": Granularity.MARGINALS},
        {"window_previous": 3},
        {"window_unit": WindowUnit.CALENDAR},
        {"suppress_below": 5},
        {"format": Format.CSV},
    ],
)
def test_whoever_asks_for_less_or_otherwise_ends_no_consent(said: dict[str, Any]) -> None:
    kept = change(active(), **said)

    assert (kept.version, kept.consent_from) == (2, 1)
    assert FormerScope.objects.get(collector=kept).version == 1


def test_what_is_no_part_of_what_schools_agree_to_makes_no_version() -> None:
    collector = active()
    events = Event.objects.count()

    assert change(collector, name="Attendance every day", spread_minutes=30).version == 1
    assert change(collector).version == 1, "nothing was changed"
    assert Event.objects.count() == events + 1


def test_of_two_who_change_it_the_second_learns_that_it_changed() -> None:
    collector = active()
    seen = digest_of(collector)
    change(collector, name="The first one’s")

    mine = replace(details_of(collector), spread_minutes=5)
    with pytest.raises(InvalidError, match="somebody changed it since you opened the page"):
        change_collector(collector.id, mine, seen=seen, by=OPERATOR, at=NOW)
    assert Collector.objects.get().spread_minutes == 60


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("base_url", "http://collector.example"),
        ("base_url", "https://user:word@collector.example"),
        ("base_url", "https://collector.example/?a=b"),
        ("base_url", "https://collector.example/#here"),
        ("token_url", "https:///token"),
        ("token_url", "https://collector.example:port/"),
        ("token_url", "https://collector.example/a b"),
        ("subscription_header", "authorization"),
        ("subscription_header", "Idempotency-Key"),
        ("subscription_header", "X Key"),
        ("subscription_header", "X-Key:\r\nHost"),
        ("client_id", "a\nb"),
        ("oauth_scope", " attendance"),
        ("window_previous", 46),
        ("suppress_below", 21),
        ("spread_minutes", 241),
        ("local_authority", "860"),
        ("name", ""),
        ("recipient", "A\u202eB"),
    ],
)
def test_what_cannot_be_is_refused_by_name(field: str, said: object) -> None:
    collector = active()

    with pytest.raises(InvalidError) as refused:
        change(collector, anyway=True, **{field: said})

    assert refused.value.field == field
    assert Collector.objects.get().version == 1


@pytest.mark.parametrize("missing", ["base_url", "token_url", "client_id"])
def test_an_active_one_cannot_lose_what_it_needs(missing: str) -> None:
    with pytest.raises(InvalidError, match="is missing"):
        change(active(), **{missing: ""})


def test_an_active_one_cannot_ask_the_schools_of_another_authority() -> None:
    local = add_collector(replace(wanted(is_duty=True, local_authority="860"), is_local=True), by=OPERATOR, at=NOW)
    set_collector_secret(local.id, FIRST, "word", by=OPERATOR, at=NOW)
    activate_collector(local.id, by=OPERATOR, at=NOW)

    with pytest.raises(InvalidError, match="while the collector is suspended"):
        change(local, local_authority="861")
    suspend_collector(local.id, "They move.", by=OPERATOR, at=NOW)
    assert change(local, local_authority="861").local_authority == "861"


def test_secrets_are_sealed_replaced_and_removed_and_no_event_holds_one() -> None:
    collector = active(subscription_header="")
    for which, clear in ((FIRST, "one-word"), (SECOND, "two-words"), (SUBSCRIPTION, "a-key")):
        collector = set_collector_secret(collector.id, which, clear, by=OPERATOR, at=NOW)

    assert list(client_secrets(collector)) == ["one-word", "two-words"]
    assert secret(collector, SUBSCRIPTION) == "a-key"
    assert b"one-word" not in bytes(collector.first_secret or b"")
    collector = set_collector_secret(collector.id, FIRST, "", by=OPERATOR, at=NOW)
    assert list(client_secrets(collector)) == ["two-words"]
    told = [str(each.details) for each in Event.objects.filter(name="collector.secret_set")]
    assert len(told) == 5
    assert not any(word in each for each in told for word in ("one-word", "two-words", "a-key", "first-word"))


@pytest.mark.parametrize("clear", ["two words", "a\nb", "ü", "x" * 1001])
def test_what_is_no_secret_is_refused(clear: str) -> None:
    with pytest.raises(InvalidError):
        set_collector_secret(active().id, FIRST, clear, by=OPERATOR, at=NOW)


def test_the_last_secret_of_an_active_one_stays() -> None:
    with pytest.raises(InvalidError, match="a secret is missing"):
        set_collector_secret(active().id, FIRST, "", by=OPERATOR, at=NOW)


def test_what_is_discontinued_stays_as_it_was() -> None:
    """Issue: status active, suspended or discontinued; history stays."""
    collector = active()
    kept = suspend_collector(collector.id, "They move house.", by=OPERATOR, at=NOW)
    assert (kept.status, kept.notice) == ("suspended", "They move house.")
    assert activate_collector(collector.id, by=OPERATOR, at=NOW).notice == ""
    kept = discontinue_collector(collector.id, "No longer collected.", by=OPERATOR, at=NOW)
    assert (last_event().name, last_event().details["notice"]) == ("collector.discontinued", "No longer collected.")

    acts: list[Callable[[], object]] = [
        lambda: activate_collector(kept.id, by=OPERATOR, at=NOW),
        lambda: suspend_collector(kept.id, "Why not.", by=OPERATOR, at=NOW),
        lambda: discontinue_collector(kept.id, "Once more.", by=OPERATOR, at=NOW),
        lambda: set_collector_secret(kept.id, FIRST, "word", by=OPERATOR, at=NOW),
        lambda: change(kept, name="Another"),
    ]
    for act in acts:
        with pytest.raises(InvalidError, match="discontinued"):
            act()


def test_schools_are_told_why(database: str) -> None:
    collector = active()

    for act in (suspend_collector, discontinue_collector):
        with pytest.raises(InvalidError) as refused:
            act(collector.id, "  ", by=OPERATOR, at=NOW)
        assert refused.value.field == "notice"
