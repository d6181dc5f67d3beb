"""When a SAML assertion counts, of which the signature has been verified."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consentry.rules.saml_assertions import (
    LIFE,
    Accepted,
    Assertion,
    Confirmation,
    Expected,
    UntrustedError,
    accepted,
    email_of,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
CONFIRMED = Confirmation(BEARER, "https://us.example/saml/", "_asked", "", "2026-11-22T09:05:00Z")
EXPECTED = Expected("https://idp.example/", "https://us.example/metadata/", "https://us.example/saml/")
TOLD = Assertion(
    id="_1",
    issuer="https://idp.example/",
    issued_at="2026-11-22T09:00:00.1234567Z",
    name_id="p-1",
    name_id_format="",
    audiences=(frozenset({"https://us.example/metadata/", "https://others.example/"}),),
    confirmations=(CONFIRMED,),
    attributes={"email": frozenset({"a@b.example"}), "many": frozenset({"a", "b"})},
)


def test_an_assertion_counts_and_is_remembered_for_as_long_as_it_could_count_again() -> None:
    found = accepted(TOLD, EXPECTED, NOW)

    assert isinstance(found, Accepted)
    assert found.in_response_to == "_asked"
    issued = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
    assert found.until == issued + LIFE + timedelta(minutes=2)
    with pytest.raises(UntrustedError, match="too long ago"):
        accepted(TOLD, EXPECTED, found.until)


def test_a_time_without_a_zone_is_utc() -> None:
    assert accepted(replace(TOLD, issued_at="2026-11-22T09:00:00"), EXPECTED, NOW).in_response_to == "_asked"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": ""}, "without an id"),
        ({"issuer": "https://idp.example"}, "another issuer"),
        ({"audiences": ()}, "another audience"),
        ({"audiences": (frozenset({EXPECTED.audience}), frozenset({"x"}))}, "another audience"),
        ({"issued_at": ""}, "in the future"),
        ({"issued_at": "soon"}, "a time that is none"),
        ({"issued_at": "9999-12-31T23:59:59Z"}, "in the future"),
        ({"not_before": "9999-12-31T23:59:59-23:59"}, "not good yet"),
        ({"not_on_or_after": "0001-01-01T00:00:00+23:59"}, "expired"),
        ({"session_ends": "2026-11-22T08:00:00Z"}, "expired"),
        ({"confirmations": ()}, "another address"),
        ({"confirmations": (replace(CONFIRMED, method="urn:x"),)}, "another address"),
        ({"confirmations": (replace(CONFIRMED, not_before="2026-11-22T08:00:00Z"),)}, "another address"),
        ({"confirmations": (replace(CONFIRMED, in_response_to=""),)}, "in answer to no request"),
        ({"confirmations": (replace(CONFIRMED, not_on_or_after=""),)}, "another address"),
        ({"name_id": ""}, "of nobody"),
        ({"name_id_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"}, "another each time"),
    ],
)
def test_what_does_not_count_says_why(changed: dict[str, object], reason: str) -> None:
    with pytest.raises(UntrustedError, match=reason):
        accepted(replace(TOLD, **changed), EXPECTED, NOW)  # type: ignore[arg-type]


def test_only_what_is_late_says_so() -> None:
    with pytest.raises(UntrustedError) as late:
        accepted(TOLD, EXPECTED, NOW + timedelta(hours=1))
    with pytest.raises(UntrustedError) as early:
        accepted(TOLD, EXPECTED, NOW - timedelta(hours=1))

    assert (late.value.is_late, early.value.is_late) == (True, False)


def test_the_first_confirmation_that_is_ours_counts() -> None:
    elsewhere = replace(CONFIRMED, recipient="https://others.example/", in_response_to="_theirs")

    assert accepted(replace(TOLD, confirmations=(elsewhere, CONFIRMED)), EXPECTED, NOW).in_response_to == "_asked"


def test_one_email_is_taken_and_of_several_none() -> None:
    said = {name: email_of(TOLD, name) for name in ("email", "many", "mail", "NameID")}

    assert said == {"email": "a@b.example", "many": "", "mail": "", "NameID": "p-1"}
