"""Nobody is sent anywhere but to what the app has registered, letter for letter (AS-01, F24)."""

import random
from urllib.parse import quote, urlencode

import pytest
from django.test import Client as Browser
from tests.linking import CALLBACK, LinkedApp, asked, issuer
from tests.web.conftest import Oakfield

HOST = "timetabler.example"


def mutated() -> list[str]:
    """500 addresses that are not CALLBACK: each kind of trick, and then letters changed at random."""
    tricks = [
        f"{CALLBACK}?", f"{CALLBACK}?x=1", f"{CALLBACK}#", f"{CALLBACK}#x", f"{CALLBACK}/", f"{CALLBACK}//",
        f"{CALLBACK};x=1", f"{CALLBACK}.evil.example", f"{CALLBACK}/../evil", f"{CALLBACK}/%2e%2e/evil",
        f"{CALLBACK}%00", f"{CALLBACK}%0d%0aX: y", f"{CALLBACK} ", f" {CALLBACK}", f"{CALLBACK}\t", f"{CALLBACK}\n",
        f"{CALLBACK}\\", f"{CALLBACK}@evil.example", CALLBACK.replace("https", "http"), CALLBACK.replace("https",
        "HTTPS"), CALLBACK.replace("https:", "https:/"), CALLBACK.replace("https://", "//"),
        CALLBACK.replace("https://", "javascript://"), CALLBACK.upper(), CALLBACK.replace("https://",
        "data:text/html,"), CALLBACK.replace("callback", "Callback"), CALLBACK.replace("callback", "%63allback"),
        CALLBACK.replace("callback", "./callback"), CALLBACK.replace("callback", "x/../callback"),
        CALLBACK.replace("/callback", "//callback"), CALLBACK.replace("/callback", "\\callback"),
        CALLBACK.replace(HOST, f"{HOST}:443"), CALLBACK.replace(HOST, f"{HOST}:"), CALLBACK.replace(HOST,
        f"{HOST}:8443"), CALLBACK.replace(HOST, f"{HOST}."), CALLBACK.replace(HOST, f"x.{HOST}"),
        CALLBACK.replace(HOST, f"*.{HOST}"), CALLBACK.replace(HOST, "*"), CALLBACK.replace(HOST, f"evil@{HOST}"),
        CALLBACK.replace(HOST, f"{HOST}@evil.example"), CALLBACK.replace(HOST, f"{HOST}%2eevil.example"),
        CALLBACK.replace(HOST, f"{HOST}\\.evil.example"), CALLBACK.replace(HOST, f"evil.example/{HOST}"),
        CALLBACK.replace(HOST, f"evil.example#{HOST}"), CALLBACK.replace(HOST, f"evil.example?{HOST}"),
        CALLBACK.replace(HOST, f"evil.example\\{HOST}"), CALLBACK.replace(HOST, "127.0.0.1"), CALLBACK.replace(HOST,
        "[::1]"), CALLBACK.replace(HOST, "[::ffff:1.2.3.4]"), CALLBACK.replace(HOST, "[" + HOST + "]"),
        CALLBACK.replace(HOST, "timetabIer.example"), CALLBACK.replace(HOST, "tímetabler.example"),
        CALLBACK.replace(".", "。"), CALLBACK.replace(".", "%E3%80%82"), quote(CALLBACK, safe=""), quote(CALLBACK),
        CALLBACK[:-1], CALLBACK[1:], "/callback", "callback", "//evil.example", "https://", "https:///callback",
        "https://[", "https://[::1", "", "x" * 3000, "\u202e" + CALLBACK, CALLBACK + "\u200b",
    ]  # fmt: skip
    rng, letters = random.Random(7), "abcdefghijklmnopqrstuvwxyz0123456789:/?#[]@!$&'()*+,;=%.-_~ \\\"<>^`{|}é\u2028"  # noqa: S311
    while len(tricks) < 500:
        at = rng.randrange(len(CALLBACK) + 1)
        end = at + rng.randrange(3)
        changed = CALLBACK[:at] + rng.choice(letters) * rng.randrange(3) + CALLBACK[end:]
        if changed != CALLBACK:
            tricks.append(changed)
    return tricks


def test_of_500_addresses_that_are_not_registered_none_is_led_to(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    """AS-01: 500 mutated redirect URIs, 0 redirects; of somebody signed in and of somebody who is not."""
    stranger = Browser(raise_request_exception=False)
    for uri in mutated():
        for browser in (asha, stranger):
            answer = browser.get(app.link(redirect_uri=uri))
            assert answer.status_code == 400, uri
            assert "Location" not in answer.headers, uri
        assert asha.get(app.consent(oakfield.site, redirect_uri=uri)).status_code == 400, uri


@pytest.mark.parametrize("client", ["nobody", "", None, "\0", "%00", "é", "x" * 300, "lunchline"])
def test_an_unknown_app_is_told_to_nobody(app: LinkedApp, asha: Browser, client: str | None) -> None:
    """F24: errors before validation are shown, never redirected."""
    answer = asha.get(app.link(client_id=client))
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "query",
    ["{}&client_id=x", "{}&redirect_uri=x", "{}&state=x", "{}&x=1&x=2", "{}&x=%ff", "{}&%c3=1", "{}&x=%zz", "x" * 9000],
)
def test_what_cannot_be_read_or_stands_twice_is_sent_nowhere(app: LinkedApp, asha: Browser, query: str) -> None:
    """Security, 1.2 line 5."""
    answer = asha.get(f"/oauth/authorize?{query.format(app.query())}")
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "id_token"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "x" * 42}, "invalid_request"),
        ({"code_challenge": "x" * 44}, "invalid_request"),
        ({"code_challenge": "+" * 43}, "invalid_request"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": "records everything"}, "invalid_scope"),
        ({"resource": "https://elsewhere.example/oakfield"}, "invalid_target"),
        ({"resource": ""}, "invalid_target"),
    ],
)
def test_a_known_app_is_told_what_is_wrong_with_what_it_asks(
    app: LinkedApp, asha: Browser, changed: dict[str, str | None], error: str
) -> None:
    """AS-02 (PKCE missing or plain), AS-05 (implicit), AS-13 (wider scope); AS-09: `iss` in errors as well."""
    answer = asha.get(app.link(**changed))

    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{CALLBACK}?")
    said = asked(answer)
    assert (said["error"], said["iss"], said["state"]) == (error, issuer(), "st&te=1 é")
    assert "code" not in said


def test_a_link_of_ours_leads_nobody_straight_to_an_address_that_somebody_registered(
    app: LinkedApp, oakfield: Oakfield
) -> None:
    """RFC 9700, 4.11.2: anybody can register a company, and a redirect URI that is no school's friend."""
    stranger = Browser(raise_request_exception=False)
    for link in (app.link(response_type="token"), app.consent(oakfield.site, code_challenge=None)):
        answer = stranger.get(link)
        assert answer.status_code == 400
        assert "Location" not in answer.headers
        assert "asks for something that cannot be" in answer.text


def test_what_there_is_no_word_for_is_not_said(app: LinkedApp, asha: Browser) -> None:
    """RFC 6749, 4.1.2.1: a description has one letter at least."""
    assert "error_description" not in asked(asha.get(app.link(response_type="token")))


def test_the_way_back_after_signing_in_is_the_link_itself(app: LinkedApp, oakfield: Oakfield) -> None:
    """F24: signing in on the way leads to the same link and nowhere else."""
    browser = Browser(raise_request_exception=False)
    page = browser.get(app.link())
    assert page.status_code == 200
    assert "Lunchline by Lunch Ltd asks to use data of your school" in page.text
    assert page.context["password_url"] == f"/accounts/login/?{urlencode({'next': app.link()})}"


def test_only_the_methods_that_look_are_answered(app: LinkedApp, asha: Browser) -> None:
    assert asha.post(app.link()).status_code == 405
    assert asha.delete(app.link()).status_code == 405
