"""What the Login History tells of a request: an address that cannot be made up, and a browser in words."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from tests.world import NOW

from consentry.web.sign_in_facts import browser_in_words, client_address, sign_in_facts

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("header", "words"),
    [(CHROME, "Chrome 131 on Windows"), (SAFARI, "Mobile Safari 17 on iOS"), ("", ""), ("nonsense", "")],
)
def test_a_browser_is_named_as_people_name_it(header: str, words: str) -> None:
    assert browser_in_words(header) == words


@given(st.text(max_size=1000))
def test_no_header_breaks_it_or_brings_unseen_characters(header: str) -> None:
    words = browser_in_words(header)

    assert len(words) <= 100
    assert words.isprintable()


def test_a_header_that_is_a_name_and_control_characters_stays_words() -> None:
    assert "\0" not in browser_in_words(CHROME.replace("Chrome", "Ch\0rome"))


def test_the_address_is_the_connections_whatever_the_caller_writes() -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="198.51.100.4", HTTP_X_FORWARDED_FOR="192.0.2.1", HTTP_X_REAL_IP="192.0.2.2",
        HTTP_FORWARDED="for=192.0.2.3",
    )  # fmt: skip

    assert client_address(request) == "198.51.100.4"


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("fe80::1%eth0", "fe80::1"),
        ("", None),
        ("unix:", None),
        ("a\0b", None),
    ],
)
def test_an_address_is_kept_in_one_form_or_not_at_all(given_address: str, kept: str | None) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=given_address)) == kept


def test_the_facts_say_when_by_what_and_from_where() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=CHROME)

    facts = sign_in_facts(request, at=NOW, provider="google", second_factor="passkey")

    assert (facts.at, facts.provider, facts.second_factor) == (NOW, "google", "passkey")
    assert (facts.address, facts.browser) == ("192.0.2.7", "Chrome 131 on Windows")
