"""Providers that are down or answer anything but what they should: a clear page, never a fault of ours."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import jwt
import pytest
from django.conf import settings
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.project.sign_in.conftest import SsoSchool
from tests.project.sign_in.openid_provider import Browser, asked

Answers = dict[str, Callable[[dict[str, Any]], Response]]

SECRET = "google-says"
ANSWERED = "did not answer as it should"


def said(body: Any, status: int = 200) -> Callable[[dict[str, Any]], Response]:
    """An endpoint that answers this, whatever it is asked."""
    text = body if isinstance(body, str) else json.dumps(body)
    return lambda _known: Response(text, status=status, content_type="application/json")


@contextmanager
def scripted(answers: Answers) -> Iterator[dict[str, Any]]:
    """A server that answers as it is told at the addresses of a provider; the nonce is left in what it hands out."""
    known: dict[str, Any] = {}

    def application(environ: Any, start_response: Any) -> Any:
        answer = answers.get(Request(environ).path, said("", 404))(known)
        return answer(environ, start_response)

    server = make_server("127.0.0.1", 0, application, threaded=True)
    known["base"] = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def configuration(**changed: Any) -> Callable[[dict[str, Any]], Response]:
    """What a provider says of itself, with these changes."""

    def answer(known: dict[str, Any]) -> Response:
        base = known["base"]
        told = {
            "issuer": base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/keys",
        }
        return said({name: value for name, value in (told | changed).items() if value is not None})(known)

    return answer


WELL_KNOWN = "/.well-known/openid-configuration"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make this address the issuer of Google's tokens."""
    return lambda base: monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, google_issuer=base))


def test_a_provider_that_is_down_gets_a_clear_page(oakfield: SsoSchool, at: Callable[[str], None]) -> None:
    at("http://127.0.0.1:9")

    answer = Browser().client.post(f"/accounts/sso/{oakfield.google}/login/")

    assert (answer.status_code, "Google did not answer as it should" in answer.content.decode()) == (502, True)
    assert "email and password" in answer.content.decode()


@pytest.mark.parametrize(
    "answer",
    [
        said("<html>", 200),
        said([], 200),
        said("null"),
        said({}),
        said("", 500),
        said("", 302),
        configuration(issuer="https://accounts.google.com"),
        configuration(issuer=None),
        configuration(authorization_endpoint=None),
        configuration(authorization_endpoint="javascript:alert(1)"),
        configuration(token_endpoint=7),
        configuration(jwks_uri={"a": 1}),
    ],
)
def test_a_provider_that_says_nonsense_of_itself_gets_a_clear_page(
    oakfield: SsoSchool, at: Callable[[str], None], answer: Callable[[dict[str, Any]], Response]
) -> None:
    with scripted({WELL_KNOWN: answer}) as known:
        at(known["base"])
        page = Browser().client.post(f"/accounts/sso/{oakfield.google}/login/")

    assert (page.status_code, ANSWERED in page.content.decode()) == (502, True)


def claims_of(known: dict[str, Any], **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    told = {"iss": known["base"], "sub": "g-1", "aud": "oakfield-client", "iat": now, "exp": now + 60}
    return told | {"nonce": known["nonce"], "email": "asha@oakfield.example", "email_verified": True} | changed


def handing_out(token: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Response]:
    return lambda known: said({"access_token": "a", "id_token": token(known), "expires_in": "soon"})(known)


def _unsigned(known: dict[str, Any]) -> str:
    return jwt.encode(claims_of(known), key="", algorithm="none")


def _signed_with_the_clients_secret(known: dict[str, Any]) -> str:
    return jwt.encode(claims_of(known), SECRET.ljust(32, "x"), algorithm="HS256", headers={"kid": "one"})


def _garbled(_known: dict[str, Any]) -> str:
    return "a.b.c"


SYMMETRIC = {"kty": "oct", "kid": "one", "k": base64.urlsafe_b64encode(SECRET.ljust(32, "x").encode()).decode()}


@pytest.mark.parametrize(
    "token",
    [
        said("<html>"),
        said([]),
        said({}),
        said({"access_token": "a"}),
        said({"error": "invalid_client"}, 401),
        said({"access_token": "a", "id_token": 7}),
        said({"access_token": "a", "id_token": None}),
        lambda _known: Response(b"\xff\xfe", content_type="application/json"),
        lambda _known: Response("access_token=a&id_token=b", content_type=""),
        handing_out(_garbled),
        handing_out(_unsigned),
        handing_out(_signed_with_the_clients_secret),
    ],
)
@pytest.mark.parametrize(
    "keys", [said({"keys": [SYMMETRIC]}), said({"keys": []}), said("x"), said({"keys": [{"kty": 1}]})]
)
def test_a_token_that_is_none_signs_nobody_in(
    oakfield: SsoSchool,
    at: Callable[[str], None],
    token: Callable[[dict[str, Any]], Response],
    keys: Callable[[dict[str, Any]], Response],
) -> None:
    browser = Browser()
    with scripted({WELL_KNOWN: configuration(), "/token": token, "/keys": keys}) as known:
        at(known["base"])
        sent = asked(browser.leave(oakfield.google))
        known["nonce"] = sent["nonce"]
        answer = browser.client.get(
            f"/accounts/sso/{oakfield.google}/login/callback/", {"code": "c", "state": sent["state"]}
        )

    assert (answer.status_code, ANSWERED in answer.content.decode()) == (502, True)
    assert not browser.is_signed_in


def test_a_provider_that_goes_down_meanwhile_gets_a_clear_page(oakfield: SsoSchool, at: Callable[[str], None]) -> None:
    browser = Browser()
    with scripted({WELL_KNOWN: configuration()}) as known:
        at(known["base"])
        sent = asked(browser.leave(oakfield.google))

    answer = browser.client.get(
        f"/accounts/sso/{oakfield.google}/login/callback/", {"code": "c", "state": sent["state"]}
    )

    assert (answer.status_code, ANSWERED in answer.content.decode()) == (502, True)


def test_no_token_reaches_the_log(
    oakfield: SsoSchool, at: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser()
    leaking = said({"error": "invalid_client", "id_token": "leaked-token", "client_secret": SECRET}, 401)
    with scripted({WELL_KNOWN: configuration(), "/token": leaking}) as known:
        at(known["base"])
        sent = asked(browser.leave(oakfield.google))
        browser.client.get(f"/accounts/sso/{oakfield.google}/login/callback/", {"code": "c", "state": sent["state"]})

    assert "single sign-on by oakfield-google-1 failed: no token: invalid_client" in caplog.text
    assert "leaked-token" not in caplog.text
    assert SECRET not in caplog.text
