"""Every door of sign-in, as somebody means harm: redirects, forged headers, forged forms, and what no browser sends."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from consentry.people.models import Session, SignIn, User
from tests.project.sign_in.coming_in import code_of, confirm_password, enter_password, signed_in, with_app
from tests.world import PASSWORD, add_person, add_school

OFF_SITE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "https:///evil.example",
    " https://evil.example",
    "/\t/evil.example",
    "https://127.0.0.1:8000@evil.example/",
]


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def stays(answer: Any) -> bool:
    """Whether an answer leads to a page of ours."""
    return str(answer["Location"]).startswith("/") and not str(answer["Location"]).startswith(("//", "/\\", "/\t"))


def test_no_door_leads_off_the_site(asha: User) -> None:
    """Issue: open redirects."""
    secret = with_app(asha)
    for where in OFF_SITE:
        client = Client()
        answers = [
            client.post("/accounts/login/", {"login": asha.email, "password": PASSWORD, "next": where}),
            client.post("/accounts/2fa/authenticate/", {"code": code_of(secret), "next": where}),
            client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": where}),
            client.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret), "next": where}),
            client.get(f"/accounts/login/?next={quote(where)}"),
            client.post("/accounts/logout/", {"next": where}),
        ]

        assert all(stays(answer) for answer in answers), where


DOORS_WITH_FORMS = [
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/password/reset/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/webauthn/login/",
]


def test_a_form_from_elsewhere_is_refused_at_every_door(asha: User) -> None:
    """Issue: CSRF."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(asha)

    for path in DOORS_WITH_FORMS:
        answer = client.post(path, {"login": asha.email, "password": PASSWORD})

        assert answer.status_code == 403, path
        assert "This page was open for too long" in answer.text


def test_a_forged_host_is_refused(asha: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue: forged host headers."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1"])

    for host in ("evil.example", "127.0.0.1.evil.example", "", "a b", "127.0.0.1:8000@evil.example"):
        assert Client().get("/accounts/login/", HTTP_HOST=host).status_code == 400, host


def test_forwarded_headers_of_a_caller_change_nothing(asha: User) -> None:
    """Issue: forged forwarded headers."""
    client = Client(
        HTTP_X_FORWARDED_FOR="198.51.100.1",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_FORWARDED="for=198.51.100.1;host=evil.example",
        REMOTE_ADDR="192.0.2.7",
    )

    page = client.get("/accounts/login/")
    answer = enter_password(client, asha.email)

    assert "evil.example" not in page.text
    assert "evil.example" not in answer["Location"]
    assert SignIn.objects.get().address == "192.0.2.7"


def test_a_planted_session_is_not_the_one_that_is_signed_in(asha: User) -> None:
    """Issue: session fixation."""
    attacker = Client()
    attacker.get("/accounts/2fa/webauthn/login/", HTTP_ACCEPT="application/json")
    planted = attacker.cookies["session"].value
    victim = Client()
    victim.cookies["session"] = planted

    enter_password(victim, asha.email)

    assert victim.cookies["session"].value != planted
    assert attacker.get("/oakfield/").status_code == 302
    assert Session.objects.filter(user=asha).count() == 1


def test_a_key_that_the_program_did_not_make_is_never_taken_on(asha: User) -> None:
    victim = Client()
    victim.cookies["session"] = "attackers0000000000000000000own0"

    enter_password(victim, asha.email)

    assert victim.cookies["session"].value != "attackers0000000000000000000own0"


TEXTS = ["", "\0", "a\0b", "x" * 200_000, "\ud800", "💥" * 50, "1" * 5000, "../../etc/passwd", "' or 1=1 --", "%00"]
FORM = "application/x-www-form-urlencoded"


def form(**fields: str) -> str:
    return "&".join(f"{name}={quote(text, errors='surrogatepass')}" for name, text in fields.items())


def test_nothing_that_is_typed_at_a_door_breaks_it(asha: User) -> None:
    secret = with_app(asha)
    somebody, half_way, inside = Client(), Client(), Client()
    enter_password(half_way, asha.email)
    enter_password(inside, asha.email)
    inside.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    for text in TEXTS:
        cache.clear()
        answers = [
            somebody.post("/accounts/login/", form(login=text, password=text, next=text), FORM),
            somebody.post("/accounts/login/", form(login=asha.email, password=text), FORM),
            somebody.post("/accounts/password/reset/", form(email=text), FORM),
            somebody.get("/accounts/password/reset/key/" + quote(f"1-{text[:300]}", errors="surrogatepass") + "/"),
            half_way.post("/accounts/2fa/authenticate/", form(code=text), FORM),
            inside.post("/accounts/reauthenticate/", form(password=text, next=text), FORM),
            inside.post("/accounts/2fa/reauthenticate/", form(code=text, next=text), FORM),
            inside.post("/accounts/password/change/", form(oldpassword=text, password1=text, password2=text), FORM),
        ]

        assert {answer.status_code for answer in answers} <= {200, 302, 400, 404}, text[:20]


CREDENTIALS = [
    "",
    "null",
    "[]",
    "{}",
    '"text"',
    "1e999",
    "NaN",
    "[" * 20_000,
    '{"a":' * 5000,
    '{"response": {}}',
    '{"response": null}',
    '{"response": {"userHandle": null}}',
    '{"response": {"userHandle": 7}}',
    '{"response": {"userHandle": "MQ"}}',
    '{"response": {"userHandle": "////"}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "\\u0000"}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30"}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "MQ",
                "attestationObject": "oA",
            },
        }
    ),
    json.dumps(
        {
            "id": 1,
            "rawId": [],
            "type": {},
            "response": {"clientDataJSON": [], "attestationObject": 7, "authenticatorData": {}, "signature": True},
            "clientExtensionResults": "x",
        }
    ),
    json.dumps({"response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}, "id": "AA", "rawId": "AA"}),
    "x" * 100_000,
]


def test_nothing_that_is_called_a_passkey_breaks_a_door(asha: User) -> None:
    with_app(asha)
    for credential in CREDENTIALS:
        cache.clear()
        nobody, half_way = Client(), Client()
        nobody.get("/accounts/2fa/webauthn/login/", HTTP_ACCEPT="application/json")
        enter_password(half_way, asha.email)
        half_way.get("/accounts/2fa/authenticate/")

        answers = [
            nobody.post("/accounts/2fa/webauthn/login/", {"credential": credential}),
            half_way.post("/accounts/2fa/authenticate/", {"credential": credential}),
        ]

        assert {answer.status_code for answer in answers} <= {200, 302}, credential[:40]
        assert nobody.get("/oakfield/").status_code == half_way.get("/oakfield/").status_code == 302


def test_nothing_that_is_called_a_passkey_is_added(asha: User) -> None:
    client = signed_in(asha)
    confirm_password(client)
    client.get("/accounts/2fa/webauthn/add/")

    for credential in CREDENTIALS:
        for name in ("Laptop", "x" * 5000, "\0"):
            answer = client.post("/accounts/2fa/webauthn/add/", {"credential": credential, "name": name})
            assert "There is a problem" in answer.text, credential[:40]
    assert "You have none" in client.get("/accounts/2fa/webauthn/").text


def test_nobody_reaches_the_passkeys_of_another(asha: User) -> None:
    client = signed_in(asha)
    confirm_password(client)

    for number in ("1", "999999999999999999", "9" * 40):
        assert client.get(f"/accounts/2fa/webauthn/keys/{number}/edit/").status_code == 404
        assert client.post(f"/accounts/2fa/webauthn/keys/{number}/remove/").status_code == 404


DOORS = [
    ("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"}, 21),
    ("/accounts/password/reset/", {"email": "nobody@example.org"}, 6),
    ("/accounts/2fa/webauthn/login/", {"credential": "{}"}, 61),
]


@pytest.mark.parametrize(("path", "sent", "times"), DOORS)
def test_every_door_takes_only_so_many(database: str, path: str, sent: dict[str, str], times: int) -> None:
    """Issue: rate limits on every door."""
    for _ in range(times - 1):
        assert "Too many" not in Client().post(path, sent).text
    last = Client().post(path, sent)

    assert "Too many" in last.text


def test_who_is_signed_in_confirms_only_so_often(asha: User) -> None:
    client = signed_in(asha)
    answers = [client.post("/accounts/reauthenticate/", {"password": "wrong"}) for _ in range(11)]

    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].text
