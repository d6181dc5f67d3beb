"""Which addresses an app can register: one spelling of each, none with a trick in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.redirect_uris import LONGEST, fault_of
from consentry.rules.site_resource import resource_of, slug_of


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example/callback", "https://app.example/", "https://app.example:8443/a/b.c~d/%2F", "http://127.0.0.1:8000/cb",
        "http://localhost:1/", "https://xn--tmetabler-j1a.example/cb", "https://10.0.0.1/cb",
    ],
)  # fmt: skip
def test_these_can_be_registered(uri: str) -> None:
    assert fault_of(uri) == ""


@pytest.mark.parametrize(
    "uri",
    [
        None, 7, "", " ", "x" * (LONGEST + 1), "https://app.example", "http://app.example/cb", "http://127.0.0.1/cb",
        "http://localhost/cb", "http://[::1]:8000/cb", "https://[::1]/cb", "https://app.example/cb#x", "https://app.example/cb#",
        "https://app.example/cb?x=1", "https://app.example/cb?", "https://*.example/cb", "https://app.example/*",
        "https://me@app.example/cb", "https://me:x@app.example/cb", "https://@app.example/cb", "HTTPS://app.example/cb",
        "https://App.example/cb", "https://app.example:443/cb", "https://app.example:/cb", "https://app.example:99999/cb",
        "https://app.example:08/cb", "https://app.example./cb", "https://.example/cb", "https://app..example/cb", "https:///cb",
        "https:/app.example/cb", "//app.example/cb", "/cb", "cb", "javascript:alert(1)", "data:text/html,x",
        "app.example:/cb",
        "https://app.example/a/../b", "https://app.example/./b", "https://app.example/..", "https://app.example/a b",
        "https://app.example/\t", "https://app.example/\n", "https://app.example/\0", "https://app.example/é",
        "https://äpp.example/cb", "https://app.example/%2f", "https://app.example/%", "https://app.example/%zz", "https://app.example\\cb",
        "https://app.example/<x>", 'https://app.example/"', "https://[", "http://127.0.0.1:8000@evil.example/cb",
        "http://127.0.0.1.evil.example:80/cb", "ftp://app.example/cb",
    ],
)  # fmt: skip
def test_these_cannot(uri: object) -> None:
    """Bad input of issue 4: redirect URIs with tricks."""
    assert fault_of(uri)


@given(st.text())
def test_whatever_is_typed_has_an_answer(text: str) -> None:
    assert isinstance(fault_of(text), str)
    assert isinstance(fault_of(f"https://{text}"), str)


def test_a_resource_stands_for_one_site_letter_for_letter() -> None:
    base = "https://consentry.example"
    assert slug_of(base, resource_of(base, "oakfield")) == "oakfield"
    for other in (
        base,
        f"{base}/",
        f"{base}/oakfield/",
        f"{base}/Oakfield",
        f"{base}/oauth",
        f"{base}.evil/oakfield",
        "oakfield",
    ):
        assert slug_of(base, other) is None
