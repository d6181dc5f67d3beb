"""What a site enters of its SAML identity provider."""

from collections.abc import Callable

import pytest

from consentry.rules import saml_providers as rules
from consentry.rules.invalid import InvalidError


def test_what_can_be_used_is_kept_as_it_is() -> None:
    assert rules.entity_id("urn:oak:idp") == "urn:oak:idp"
    assert rules.sign_on_url("https://idp.example/sso?a=b") == "https://idp.example/sso?a=b"
    assert rules.sign_on_url("http://127.0.0.1:9000/sso") == "http://127.0.0.1:9000/sso"
    assert rules.email_attribute("urn:oid:0.9.2342.19200300.100.1.3") == "urn:oid:0.9.2342.19200300.100.1.3"
    assert rules.name("Oak Learning") == "Oak Learning"


@pytest.mark.parametrize(
    ("rule", "field", "written"),
    [
        *((rules.entity_id, "client_id", each) for each in ("", "two words", "x" * 1025, "a\0b", "é")),
        *(
            (rules.sign_on_url, "sign_on_url", each)
            for each in (
                "", "idp.example", "http://idp.example/", "ftp://idp.example/", "javascript:alert(1)", "https://", "https://[",
                "https://a@idp.example/", "https://idp.example/#x", "https://idp.example:x/", "https://idp.example/ x",
                "https://idp.example/" + "x" * 1000, "//idp.example/", "http://127.0.0.1.evil.example/",
            )
        ),
        *((rules.email_attribute, "email_attribute", each) for each in ("", "a\0b", "x" * 251)),
        *((rules.name, "name", each) for each in ("", "\u202e", "x" * 41)),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(rule: Callable[[str], str], field: str, written: str) -> None:
    with pytest.raises(InvalidError) as refused:
        rule(written)

    assert refused.value.field == field
