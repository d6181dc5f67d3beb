"""Refresh tokens: each once, the one before ends all (AS-06). Giving back and looking at tokens (AS-07, AS-08)."""

from datetime import timedelta

from django.utils import timezone
from oauth2_provider.models import AccessToken

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.partners.actions.forget_tokens import forget_tokens
from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.open_token_chain import LONGEST_LIFE
from consentry.partners.actions.resume_app import resume_app
from consentry.partners.actions.revoke_secret import revoke_secret
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import Credential, TokenChain
from consentry.partners.queries.token_chains import digest_of
from consentry.schools.queries import school_id
from tests.api.oauth.conftest import Linked
from tests.linking import LinkedApp, add_linked_app, issuer, read_with
from tests.world import acting, approve, reject


def test_a_refresh_token_gives_the_next_pair_and_ends_the_one_before(linked: Linked) -> None:
    """AS-06: rotation."""
    first = linked.tokens()
    second = linked.app.refresh(first["refresh_token"]).json

    assert second["refresh_token"] != first["refresh_token"]
    assert second["expires_in"] == 900
    assert read_with(second["access_token"], linked.site).status == 200
    assert read_with(first["access_token"], linked.site).status == 401
    chain = TokenChain.objects.get(app=linked.app.app)
    assert chain.refreshed_at is not None


def test_a_refresh_token_that_was_replaced_ends_the_whole_family(linked: Linked) -> None:
    """AS-06: replay kills the family."""
    first = linked.tokens()
    second = linked.app.refresh(first["refresh_token"]).json
    third = linked.app.refresh(second["refresh_token"]).json
    replayed = linked.app.refresh(first["refresh_token"])

    assert (replayed.status, replayed.json["error"]) == (400, "invalid_grant")
    assert read_with(third["access_token"], linked.site).status == 401
    assert linked.app.refresh(third["refresh_token"]).status == 400
    with reading(school_id(linked.site)):
        told = Event.objects.filter(name="tokens.ended", details__app=linked.app.app.id).get()
    assert told.details["why"] == "a replaced refresh token was shown"


def test_another_app_renews_nothing_and_ends_nothing(linked: Linked) -> None:
    tokens, other = linked.tokens(), add_linked_app(f"Other than {linked.app.app.name}")

    assert other.refresh(tokens["refresh_token"]).status == 400
    assert linked.app.refresh(tokens["refresh_token"]).status == 200


def test_a_chain_ends_after_ninety_days_however_often_it_was_renewed(linked: Linked) -> None:
    """AS-06: absolute life of 90 days at most."""
    assert timedelta(days=90) >= LONGEST_LIFE
    tokens = linked.tokens()
    chain = TokenChain.objects.get(app=linked.app.app)
    assert chain.ends_at - chain.given_at == LONGEST_LIFE
    renewed = linked.app.refresh(tokens["refresh_token"]).json
    chain.refresh_from_db()
    assert chain.ends_at - chain.given_at == LONGEST_LIFE
    TokenChain.objects.filter(id=chain.id).update(ends_at=timezone.now())

    assert linked.app.refresh(renewed["refresh_token"]).json["error"] == "invalid_grant"


def test_a_chain_that_nobody_used_for_a_long_time_is_not_renewed(linked: Linked) -> None:
    tokens = linked.tokens()
    own = AccessToken.objects.filter(application__client_id=linked.app.app.application_user)
    own.update(expires=timezone.now() - timedelta(days=46))

    assert linked.app.refresh(tokens["refresh_token"]).json["error"] == "invalid_grant"


def test_a_chain_asks_for_no_more_than_it_was_given(linked: Linked) -> None:
    """AS-13: a wider scope, another site."""
    token = linked.tokens()["refresh_token"]

    assert linked.app.refresh(token, scope="everything").json["error"] == "invalid_scope"
    assert linked.app.refresh(token, resource=f"{issuer()}/{linked.elmwood.slug}").json["error"] == "invalid_target"
    assert linked.app.refresh(token, resource=f"{issuer()}/{linked.site.slug}").status == 200


def test_giving_back_one_token_ends_the_chain(linked: Linked) -> None:
    """AS-07: refresh kills access; so does access kill refresh; the hint is no more than a hint."""
    for given_back, hint in (("refresh_token", "access_token"), ("access_token", "nonsense")):
        tokens = linked.tokens()
        assert linked.app.revoke(tokens[given_back], token_type_hint=hint).status == 200

        assert read_with(tokens["access_token"], linked.site).status == 401
        assert linked.app.refresh(tokens["refresh_token"]).status == 400
        assert linked.app.revoke(tokens[given_back]).status == 200  # gone already: the same answer


def test_tokens_of_others_and_unknown_ones_are_not_given_back(linked: Linked) -> None:
    """AS-07: own tokens alone; 200 in any case."""
    tokens, other = linked.tokens(), add_linked_app(f"Other than {linked.app.app.name}")
    answers = [other.revoke(tokens[name]).status for name in ("access_token", "refresh_token")]

    assert [*answers, other.revoke("nonsense").status] == [200, 200, 200]
    assert read_with(tokens["access_token"], linked.site).status == 200
    assert linked.app.refresh(tokens["refresh_token"]).status == 200


def test_an_app_is_told_of_its_own_tokens_alone(linked: Linked) -> None:
    """AS-08: foreign, unknown and dead tokens are exactly {"active": false}."""
    tokens, other = linked.tokens(), add_linked_app(f"Other than {linked.app.app.name}")
    told = linked.app.introspect(tokens["access_token"])

    assert told.pop("exp") - told.pop("iat") in {899, 900, 901}
    assert told == {
        "active": True,
        "client_id": linked.app.app.application_user,
        "scope": "records",
        "iss": issuer(),
        "token_type": "Bearer",
        "aud": [f"{issuer()}/{linked.site.slug}"],
    }
    assert linked.app.introspect(tokens["refresh_token"])["active"] is True
    for asking, token in (
        (other, tokens["access_token"]),
        (other, tokens["refresh_token"]),
        (linked.app, "nonsense"),
        (linked.app, "é"),
    ):
        assert asking.introspect(token) == {"active": False}
    AccessToken.objects.filter(application__client_id=linked.app.app.application_user).update(expires=timezone.now())
    assert linked.app.introspect(tokens["access_token"]) == {"active": False}


def test_who_does_not_prove_who_they_are_is_told_of_no_token(linked: Linked) -> None:
    token = linked.tokens()["access_token"]
    answered = linked.app.post("/oauth/introspect", {"token": token}, Authorization="Basic bm9ib2R5Ong=")

    assert (answered.status, answered.json["error"]) == (401, "invalid_client")
    assert answered.header("WWW-Authenticate") is not None
    assert linked.app.post("/oauth/introspect", {"x": "y"}).json["error"] == "invalid_request"


def test_a_token_by_client_credentials_is_told_of_and_given_back_too(linked: Linked) -> None:
    token = linked.app.by_credentials().json["access_token"]
    assert linked.app.introspect(token)["active"] is True
    assert "aud" not in linked.app.introspect(token)
    linked.app.revoke(token)

    assert linked.app.introspect(token) == {"active": False}


def test_a_rejection_holds_from_the_next_call_and_an_approval_too(linked: Linked) -> None:
    """Seed: rejected, the app is refused at once; approved again, the same tokens work."""
    tokens = linked.tokens()
    with reading(school_id(linked.site)):
        connection = Connection.objects.select_related("school").get(app=linked.app.app, school=linked.site)
    connection = reject(connection, linked.asha, at=timezone.now())
    refused = read_with(tokens["access_token"], linked.site)
    renewed = linked.app.refresh(tokens["refresh_token"])

    assert (refused.status, refused.kind) == (403, "ConnectionRejected")
    assert linked.app.introspect(renewed.json["access_token"]) == {"active": False}
    assert read_with(renewed.json["access_token"], linked.site).status == 403
    approve(connection, linked.asha, at=timezone.now())
    assert read_with(renewed.json["access_token"], linked.site).status == 200
    assert linked.app.introspect(renewed.json["access_token"])["active"] is True


def test_what_is_spent_is_removed_and_what_can_be_renewed_stays(linked: Linked) -> None:
    first, dead = linked.tokens(), linked.app.by_credentials().json["access_token"]
    second = linked.app.refresh(first["refresh_token"]).json
    own = AccessToken.objects.filter(application__client_id=linked.app.app.application_user)
    own.update(expires=timezone.now() - timedelta(minutes=1))
    assert forget_tokens() >= 1

    assert not own.filter(token_checksum=digest_of(dead)).exists()
    third = linked.app.refresh(second["refresh_token"])
    assert third.status == 200
    assert linked.app.refresh(first["refresh_token"]).status == 400
    assert linked.app.refresh(third.json["refresh_token"]).status == 400, "the old one shown again ends the chain still"


def test_a_secret_taken_back_ends_the_access_tokens_and_a_good_one_renews_the_chain(linked: Linked) -> None:
    """F6: 401 at once; nobody approves anew because a company changes its secret."""
    tokens = linked.tokens()
    old = Credential.objects.get(app=linked.app.app)
    new = LinkedApp(linked.app.app, issue_secret(linked.app.app, by=acting(linked.app.app), at=timezone.now()))
    revoke_secret(old, by=OPERATOR, at=timezone.now())

    assert read_with(tokens["access_token"], linked.site).status == 401
    assert linked.app.refresh(tokens["refresh_token"]).status == 401
    assert new.refresh(tokens["refresh_token"]).status == 200


def test_a_suspension_ends_the_chains_for_good(linked: Linked) -> None:
    """F6: and when the app goes on, somebody at each site gives it tokens anew."""
    tokens = linked.tokens()
    suspend_app(linked.app.app, by=OPERATOR, at=timezone.now())
    assert read_with(tokens["access_token"], linked.site).status == 401
    resume_app(linked.app.app, by=OPERATOR, at=timezone.now())

    assert linked.app.refresh(tokens["refresh_token"]).status == 400
    assert read_with(linked.tokens()["access_token"], linked.site).status == 200
