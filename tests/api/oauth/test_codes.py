"""Codes of the connect link: who may use which, once, within a minute (security statements AS-02 to AS-05)."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.partners.actions.set_redirect_uris import set_redirect_uris
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import TokenChain
from consentry.schools.queries import school_id
from tests.api.calls import call
from tests.api.oauth.conftest import Linked
from tests.linking import CALLBACK, VERIFIER, add_linked_app, read_with


def test_a_code_is_exchanged_for_tokens_that_nobody_may_keep_a_copy_of(linked: Linked) -> None:
    """AS-10: no-store on every answer of the token endpoint."""
    good, bad = linked.app.exchange(linked.code()), linked.app.exchange("nonsense")

    assert (good.status, bad.status) == (200, 400)
    assert [each.header("Cache-Control") for each in (good, bad)] == ["no-store", "no-store"]
    assert set(good.json) == {"access_token", "expires_in", "token_type", "scope", "refresh_token"}


@pytest.mark.parametrize("verifier", ["", "short", VERIFIER[:-1], VERIFIER + "x", VERIFIER.upper(), "é" * 43])
def test_a_wrong_verifier_gets_nothing_and_leaves_the_code_to_who_has_the_right_one(
    linked: Linked, verifier: str
) -> None:
    """AS-02: wrong, missing and short verifiers."""
    code = linked.code()
    refused = linked.app.exchange(code, code_verifier=verifier)

    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")
    assert linked.app.exchange(code).status == 200


def test_without_a_verifier_there_is_no_token(linked: Linked) -> None:
    """AS-02."""
    said = {"grant_type": "authorization_code", "code": linked.code(), "redirect_uri": CALLBACK}
    assert linked.app.post("/oauth/token", said).status == 400


def test_a_code_is_good_for_the_app_that_it_was_given_to_alone(linked: Linked) -> None:
    """AS-02: a code is not used up by another app that shows it."""
    code, other = linked.code(), add_linked_app(f"Other than {linked.app.app.name}")
    refused = other.exchange(code)

    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")
    assert linked.app.exchange(code).status == 200


def test_a_code_is_good_for_the_address_that_it_was_sent_to_alone(linked: Linked) -> None:
    second = "https://timetabler.example/other"
    set_redirect_uris(linked.app.app, [CALLBACK, second], by=OPERATOR, at=timezone.now())
    code = linked.code()

    assert linked.app.exchange(code, redirect_uri=second).status == 400
    assert linked.app.exchange(code, redirect_uri=f"{CALLBACK}/").status == 400
    assert linked.app.exchange(code).status == 200


def test_a_code_dies_after_a_minute(linked: Linked) -> None:
    """AS-04."""
    code = linked.code()
    kept = Grant.objects.get(code=code)
    assert timedelta(seconds=50) < kept.expires - timezone.now() <= timedelta(seconds=60)
    Grant.objects.filter(code=code).update(expires=timezone.now())

    refused = linked.app.exchange(code)
    assert (refused.status, refused.json["error"]) == (400, "invalid_grant")


def test_a_code_that_is_shown_again_ends_what_was_given_for_it(linked: Linked) -> None:
    """AS-03: replay revokes tokens; the school's record tells of it."""
    code = linked.code(linked.app)
    tokens = linked.app.exchange(code).json
    renewed = linked.app.refresh(tokens["refresh_token"]).json
    assert linked.app.introspect(renewed["refresh_token"]) == {"active": False}  # the site has not approved it
    again = linked.app.exchange(code)

    assert (again.status, again.json["error"]) == (400, "invalid_grant")
    assert read_with(renewed["access_token"], linked.site).status == 401
    assert linked.app.refresh(renewed["refresh_token"]).status == 400
    chain = TokenChain.objects.get(app=linked.app.app)
    assert chain.ended_at is not None
    with reading(school_id(linked.site)):
        told = Event.objects.get(name="tokens.ended", subject_id=chain.id)
    assert (told.actor_name, told.details["why"]) == (linked.app.app.name, "its code was shown twice")


def test_a_spent_code_in_other_hands_ends_the_tokens_too(linked: Linked) -> None:
    """AS-03: somebody else has it."""
    code, other = linked.code(), add_linked_app(f"Thief of {linked.app.app.name}")
    token = linked.app.exchange(code).json["access_token"]

    assert other.exchange(code).status == 400
    assert read_with(token, linked.site).status == 401


def test_nobody_ends_a_chain_without_proving_who_they_are(linked: Linked) -> None:
    code = linked.code()
    linked.app.exchange(code)
    assert linked.app.exchange(code, client_id="x", client_secret="y").status == 401
    said = {"grant_type": "authorization_code", "code": code}
    assert linked.app.post("/oauth/token", said, Authorization="").status == 401

    assert TokenChain.objects.get(app=linked.app.app).ended_at is None


def test_an_app_without_a_redirect_uri_has_no_connect_link(linked: Linked) -> None:
    """One app uses client credentials and the connect link; the second goes with its redirect URIs."""
    tokens, code = linked.tokens(), linked.code()
    set_redirect_uris(linked.app.app, [], by=OPERATOR, at=timezone.now())

    assert linked.app.exchange(code).json["error"] == "unauthorized_client"
    assert linked.app.refresh(tokens["refresh_token"]).json["error"] == "unauthorized_client"
    assert linked.app.by_credentials().status == 200


@pytest.mark.parametrize("grant", ["password", "implicit", "urn:ietf:params:oauth:grant-type:device_code"])
def test_no_other_way_gives_a_token(linked: Linked, grant: str) -> None:
    """AS-05."""
    said = {"grant_type": grant, "username": linked.asha.email, "password": "x", "device_code": "y"}
    assert linked.app.post("/oauth/token", said).json["error"] == "unsupported_grant_type"


def test_a_suspended_app_exchanges_nothing(linked: Linked) -> None:
    code = linked.code()
    suspend_app(linked.app.app, by=OPERATOR, at=timezone.now())

    assert linked.app.exchange(code).status == 401
    assert not AccessToken.objects.filter(application__client_id=linked.app.app.application_user).exists()
    assert not RefreshToken.objects.filter(application__client_id=linked.app.app.application_user).exists()


@pytest.mark.parametrize(
    "body",
    [
        "grant_type=authorization_code&code=%00",
        "grant_type=authorization_code&code=a%00b&redirect_uri=x",
        "grant_type=refresh_token&refresh_token=%00",
        "grant_type=authorization_code&code=%ff%fe",
        "grant_type=refresh_token&refresh_token=%c3%28",
        "grant_type=authorization_code&code=a&code=b",
        "grant_type=refresh_token&refresh_token=a&refresh_token=b",
        "grant_type=authorization_code",
        "grant_type=refresh_token",
        "%00=%00",
    ],
)
def test_what_cannot_be_read_is_a_400(linked: Linked, body: str) -> None:
    """Security, 1.2 line 5: NUL, what is not UTF-8, repeated parameters."""
    for path in ("/oauth/token", "/oauth/revoke", "/oauth/introspect"):
        answered = linked.app.post(path, body)
        assert (answered.status, answered.json["error"]) in {(400, "invalid_request"), (400, "unsupported_grant_type")}


def test_a_form_is_sent_as_a_form(linked: Linked) -> None:
    said = {"grant_type": "client_credentials"}
    assert linked.app.post("/oauth/token", said, CONTENT_TYPE="application/json").status == 400


def test_nothing_is_taken_from_the_address(linked: Linked) -> None:
    """AS-10: secrets and tokens in the query are refused."""
    said = {"client_id": linked.app.app.application_user, "client_secret": linked.app.secret}
    query = urlencode({"grant_type": "client_credentials", **said})
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    assert call("/oauth/token", query, method="POST", headers=form).status == 400
    token = linked.tokens()["access_token"]
    assert call(f"/{linked.site.slug}/rest-v2/students", f"access_token={token}").status == 401
