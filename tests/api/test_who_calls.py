"""Who calls: HTTP Basic with the app's secrets, and tokens by client credentials at /oauth/token."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from oauth2_provider.models import AccessToken
from oauthlib.common import Request

from consentry.api.oauth.validator import ConsentryValidator
from consentry.api.oauth.views import REFUSED_A_MINUTE
from consentry.audit.actor import OPERATOR
from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.revoke_secret import revoke_secret
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App, Credential
from consentry.partners.queries.apps import app_by_user
from consentry.partners.queries.secrets import verify_secret
from consentry.people.models import User
from consentry.schools.models import Site
from tests.api.calls import SERVICE, Answered, Client, call, client_of
from tests.linking import issuer
from tests.world import NOW, acting, add_app, add_person, add_school, approve, ask

FORM = {"CONTENT_TYPE": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def school(module_database: str) -> tuple[Site, User]:
    """A school and its administrator."""
    site = add_school()
    return site, add_person(site)


@pytest.fixture
def client(school: tuple[Site, User]) -> Client:
    """An app that no other test has, approved by the school, with one secret."""
    site, head = school
    app = add_app(f"App {next(_numbers)}")
    approve(ask(app, site), head)
    return client_of(app, site)


_numbers = count(1)


def checksum(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def test_a_token_is_kept_as_its_checksum_alone(client: Client) -> None:
    token = a_token(client)
    assert AccessToken.objects.filter(token_checksum=checksum(token)).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from oauth2_provider_accesstoken t where t::text like %s", [f"%{token}%"])
        assert cursor.fetchone() == (0,)


def basic(user: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def token_call(fields: dict[str, Any], **headers: str) -> Answered:
    return call("/oauth/token", method="POST", headers=FORM | headers, body=urlencode(fields).encode())


def a_token(client: Client) -> str:
    answered = token_call({"grant_type": "client_credentials"}, Authorization=client.basic)
    assert answered.status == 200, answered.body
    return str(answered.json["access_token"])


def with_token(client: Client, token: str) -> Answered:
    return client.get("students", Authorization=f"Bearer {token}")


def revoke_all(client: Client) -> None:
    for credential in Credential.objects.filter(app=client.app):
        revoke_secret(credential, by=acting(client.app), at=NOW)


def test_the_secret_opens(client: Client) -> None:
    assert client.get("students").status == 200


def test_the_scheme_may_be_written_in_any_case(client: Client) -> None:
    assert client.get("students", Authorization=client.basic.replace("Basic", "bAsIc  ")).status == 200


def bearer(sent: str, site: str) -> str:
    """The challenge that offers tokens: what is wrong with the one that was sent, and where the metadata is."""
    error = 'error="invalid_token", ' if sent.startswith("Bearer") else ""
    return f'Bearer {error}resource_metadata="{issuer()}/.well-known/oauth-protected-resource{site}"'


@pytest.mark.parametrize(
    "authorization",
    [
        "", "Basic", "Basic ", "Basic !!!", "Basic 8J+YgA", "Basic YWI=", "Basic OjEyMw==", "Basic Og==",
        "Basic AAA6eA==",
        "Basic /w==", "Basic \xe9", "Bearer", "Bearer ", "Bearer nonsense", "Bearer \xff\x00", "Digest x", "Token",
        "x" * 9000,
    ],
)  # fmt: skip
def test_without_good_credentials_nobody_is_let_in(client: Client, authorization: str) -> None:
    answered = client.get("students", Authorization=authorization)

    assert answered.status == 401
    assert [value for name, value in answered.headers if name == "WWW-Authenticate"] == [
        'Basic realm="Consentry", charset="UTF-8"', bearer(authorization, f"/{client.site.slug}"),
    ]  # fmt: skip
    assert answered.json["response"]["code"] == 401


def test_no_header_at_all_is_a_401(client: Client) -> None:
    assert call(f"/{client.site.slug}/rest-v2/students").status == 401


def test_a_wrong_secret_and_an_unknown_user_are_answered_alike(client: Client) -> None:
    wrong = client.get("students", Authorization=basic(client.app.application_user, client.secret + "x"))
    unknown = client.get("students", Authorization=basic("nobody", client.secret))
    other_case = client.get("students", Authorization=basic(client.app.application_user.upper(), client.secret))

    assert wrong.status == 401
    assert (wrong.headers, wrong.body) == (unknown.headers, unknown.body) == (other_case.headers, other_case.body)


def test_two_secrets_open_at_the_same_time(client: Client) -> None:
    second = issue_secret(client.app, by=acting(client.app), at=NOW)

    assert client.get("students").status == 200
    assert client.get("students", Authorization=basic(client.app.application_user, second)).status == 200
    assert client.get("students").status == 200


def test_a_revoked_secret_opens_nothing_from_the_next_call(client: Client) -> None:
    assert client.get("students").status == 200
    second = issue_secret(client.app, by=acting(client.app), at=NOW)
    first = Credential.objects.filter(app=client.app).order_by("id")[0]
    revoke_secret(first, by=acting(client.app), at=NOW)

    assert client.get("students").status == 401
    assert client.get("students", Authorization=basic(client.app.application_user, second)).status == 200


def test_revoking_or_suspending_twice_keeps_the_first_moment(client: Client) -> None:
    known = verify_secret(client.app.application_user, client.secret)
    assert known is not None
    later = NOW + timedelta(days=1)
    for at in (NOW, later):
        revoke_secret(Credential.objects.get(id=known.id), by=acting(client.app), at=at)
        suspend_app(client.app, by=OPERATOR, at=at)

    assert Credential.objects.get(id=known.id).revoked_at == NOW
    assert App.objects.get(id=client.app.id).suspended_at == NOW


def test_secrets_are_never_kept_as_they_are(client: Client) -> None:
    kept = Credential.objects.get(app=client.app)

    assert client.secret.encode() not in bytes(kept.digest) + bytes(kept.salt)
    assert kept.hint == client.secret[-4:]


def test_a_token_by_client_credentials_opens(client: Client) -> None:
    answered = token_call({"grant_type": "client_credentials"}, Authorization=client.basic)

    assert answered.json["token_type"] == "Bearer"
    assert answered.json["expires_in"] == 900
    assert "no-store" in (answered.header("Cache-Control") or "")
    assert "refresh_token" not in answered.json
    assert with_token(client, answered.json["access_token"]).status == 200


def test_a_token_with_the_secret_in_the_body(client: Client) -> None:
    fields = {
        "grant_type": "client_credentials",
        "client_id": client.app.application_user,
        "client_secret": client.secret,
    }

    assert with_token(client, token_call(fields).json["access_token"]).status == 200


def test_credentials_in_header_and_body_at_once_are_refused(client: Client) -> None:
    fields = {
        "grant_type": "client_credentials",
        "client_id": client.app.application_user,
        "client_secret": client.secret,
    }

    assert token_call(fields, Authorization=client.basic).status == 401


@pytest.mark.parametrize("secret", ["wrong", "", "\0", "a\0b", "é", "\ud800", "x" * 100_000])
def test_a_wrong_secret_gets_no_token(client: Client, secret: str) -> None:
    user = client.app.application_user
    by_header = base64.b64encode(f"{user}:{secret}".encode("utf-8", "surrogatepass")).decode()
    in_body = urlencode(
        {"grant_type": "client_credentials", "client_id": user, "client_secret": secret}, errors="surrogatepass"
    )

    assert token_call({"grant_type": "client_credentials"}, Authorization=f"Basic {by_header}").status == 401
    assert call("/oauth/token", method="POST", headers=FORM, body=in_body.encode()).status in {400, 401}


@pytest.mark.parametrize("client_id", ["nobody", "\0", "a\0", "", "é" * 1000])
def test_an_unknown_client_gets_no_token(client: Client, client_id: str) -> None:
    fields = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client.secret}

    assert token_call(fields).status in {400, 401}


@pytest.mark.parametrize(
    "grant",
    [
        "password",
        "authorization_code",
        "refresh_token",
        "implicit",
        "urn:ietf:params:oauth:grant-type:device_code",
        "",
        "x",
    ],
)
def test_no_other_grant_gives_a_token(client: Client, grant: str) -> None:
    fields = {
        "grant_type": grant,
        "username": "a",
        "password": "b",
        "code": "c",
        "refresh_token": "d",
        "device_code": "e",
    }
    answered = token_call(fields, Authorization=client.basic)

    assert answered.status in {400, 401, 404}
    assert "access_token" not in answered.json


def test_a_scope_that_is_not_there_is_refused(client: Client) -> None:
    answered = token_call({"grant_type": "client_credentials", "scope": "everything"}, Authorization=client.basic)

    assert (answered.status, answered.json["error"]) == (400, "invalid_scope")


def test_tokens_are_not_given_by_get(client: Client) -> None:
    answered = call("/oauth/token", "grant_type=client_credentials", headers={"Authorization": client.basic})

    assert (answered.status, answered.header("Allow")) == (405, "POST")
    assert answered.json == {"error": "invalid_request", "error_description": "Use POST."}


def test_a_token_in_the_address_opens_nothing(client: Client) -> None:
    token = a_token(client)

    assert call(f"/{client.site.slug}/rest-v2/students", f"access_token={token}").status == 401


def test_a_revoked_secret_gets_no_token_and_ends_the_tokens_it_got(client: Client) -> None:
    token = a_token(client)
    assert with_token(client, token).status == 200
    revoke_all(client)

    assert with_token(client, token).status == 401
    assert token_call({"grant_type": "client_credentials"}, Authorization=client.basic).status == 401


def test_a_token_that_has_expired_opens_nothing(client: Client) -> None:
    token = a_token(client)
    assert with_token(client, token).status == 200
    AccessToken.objects.filter(token_checksum=checksum(token)).update(expires=datetime.now(UTC) - timedelta(seconds=1))

    assert with_token(client, token).status == 401


def test_a_token_that_was_given_back_opens_nothing(client: Client) -> None:
    token = a_token(client)
    assert with_token(client, token).status == 200
    body = urlencode({"token": token}).encode()
    assert call("/oauth/revoke", method="POST", headers=FORM | {"Authorization": client.basic}, body=body).status == 200

    assert with_token(client, token).status == 401


def test_an_app_cannot_give_back_the_token_of_another(client: Client) -> None:
    token = a_token(client)
    other = add_app(f"Other than {client.app.name}")
    secret = issue_secret(other, by=acting(other), at=NOW)
    body = urlencode({"token": token}).encode()
    header = basic(other.application_user, secret)
    call("/oauth/revoke", method="POST", headers=FORM | {"Authorization": header}, body=body)

    assert with_token(client, token).status == 200


def revoke_call(body: str, *, from_address: str = "127.0.0.1", **headers: str) -> Answered:
    def service_as_seen(environ: dict[str, Any], start_response: Any) -> Any:
        return SERVICE(environ | {"REMOTE_ADDR": from_address}, start_response)

    return call("/oauth/revoke", method="POST", headers=FORM | headers, body=body.encode(), to=service_as_seen)


@pytest.mark.parametrize(
    "body", ["token=x&client_id=%00", "token=x&client_id=a%00b&client_secret=y", "token=x&token=x", "%00=1&token=x", ""]
)
def test_giving_back_a_token_in_a_way_that_cannot_be_is_an_error_that_is_told(client: Client, body: str) -> None:
    answered = revoke_call(body, Authorization=client.basic)

    assert (answered.status, answered.json["error"]) == (400, "invalid_request")


def test_a_client_with_a_nul_is_known_nowhere(module_database: str) -> None:
    assert ConsentryValidator().validate_client_id("a\0b", Request("")) is False


def test_giving_back_a_token_that_is_none_is_no_error(client: Client) -> None:
    for _ in range(2):
        answered = revoke_call("token=none-of-ours&token_type_hint=other", Authorization=client.basic)
        assert (answered.status, answered.body) == (200, b"")


def test_a_token_is_not_given_back_by_get(client: Client) -> None:
    answered = call("/oauth/revoke", "token=x", headers={"Authorization": client.basic})

    assert (answered.status, answered.header("Allow"), answered.json["error"]) == (405, "POST", "invalid_request")


def test_guessing_secrets_by_giving_tokens_back_is_slowed_down(client: Client) -> None:
    wrong = basic(client.app.application_user, "wrong")
    answers = [revoke_call("token=x", from_address="192.0.2.7", Authorization=wrong) for _ in range(100)]

    statuses = [each.status for each in answers]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert int(answers[-1].header("Retry-After") or 0) >= 1
    assert revoke_call("token=x", from_address="192.0.2.8", Authorization=client.basic).status == 200


def test_giving_back_many_tokens_is_not_taken_for_guessing(client: Client) -> None:
    statuses = {
        revoke_call(f"token={number}", from_address="192.0.2.9", Authorization=client.basic).status
        for number in range(REFUSED_A_MINUTE + 10)
    }

    assert statuses == {200}


def test_a_token_of_no_app_opens_nothing(client: Client) -> None:
    token = a_token(client)
    kept = AccessToken.objects.get(token_checksum=checksum(token))
    application = kept.application
    application.client_id = "left-over"
    application.save()

    assert with_token(client, token).status == 401


def test_a_suspended_app_gets_no_token_and_opens_nothing(client: Client) -> None:
    token = a_token(client)
    suspend_app(client.app, by=OPERATOR, at=NOW)

    assert token_call({"grant_type": "client_credentials"}, Authorization=client.basic).status == 401
    assert (client.get("students").status, client.get("students").kind) == (403, "AppSuspended")
    assert with_token(client, token).status == 401


def test_the_app_is_found_by_its_user_name(client: Client) -> None:
    assert app_by_user(client.app.application_user) == client.app


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("grant_type=client_credentials&scope=records&scope=records", "invalid_request"),
        ("grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=x", "unsupported_grant_type"),
        ("grant_type=password&username=a&password=b", "unsupported_grant_type"),
    ],
)
def test_a_token_call_says_each_thing_once_and_asks_by_client_credentials(
    client: Client, body: str, error: str
) -> None:
    answered = call(
        "/oauth/token",
        method="POST",
        body=body.encode(),
        headers={"Authorization": client.basic, "CONTENT_TYPE": "application/x-www-form-urlencoded"},
    )
    assert (answered.status, answered.json["error"]) == (400, error)
