"""What a provider's word is worth, and whom it lets in."""

from typing import Any

import pytest

from consentry.rules.identity_providers import Vouching, hosted_domain
from consentry.rules.single_sign_on import Candidate, Refusal, Vouched, choose, same_email, vouched

ASHA = "asha@oakfield.sch.uk"


@pytest.mark.parametrize("verified", [True, 1, "1", "true", "True"])
@pytest.mark.parametrize(
    ("kind", "claim"),
    [
        (Vouching.GOOGLE, "email_verified"),
        (Vouching.MICROSOFT, "xms_edov"),
    ],
)
def test_an_email_counts_where_the_provider_says_that_it_has_verified_it(
    kind: Vouching, claim: str, verified: object
) -> None:
    assert vouched(kind, {"sub": "7", "email": ASHA, claim: verified}, "") == Vouched("7", ASHA)


@pytest.mark.parametrize("verified", [False, 0, None, "", "false", "no", [True], {"true": 1}, 2, 1.5])
@pytest.mark.parametrize("kind", [Vouching.GOOGLE, Vouching.MICROSOFT])
def test_any_other_email_does_not(kind: Vouching, verified: object) -> None:
    claims = {"sub": "7", "email": ASHA, "email_verified": verified, "xms_edov": verified}

    assert vouched(kind, claims, "") == Vouched("7", "")


def test_a_saml_provider_is_the_sites_own_and_its_word_the_sites() -> None:
    assert vouched(Vouching.SAML, {"sub": "7", "email": ASHA}, "") == Vouched("7", ASHA)
    assert vouched(Vouching.SAML, {"sub": "7", "email": ""}, "") == Vouched("7", "")


def test_google_says_it_by_email_verified_and_microsoft_by_xms_edov_alone() -> None:
    assert vouched(Vouching.GOOGLE, {"sub": "7", "email": ASHA, "xms_edov": True}, "") == Vouched("7", "")
    assert vouched(Vouching.MICROSOFT, {"sub": "7", "email": ASHA, "email_verified": True}, "") == Vouched("7", "")


@pytest.mark.parametrize("email", [None, 7, [ASHA], {"a": ASHA}, "a\0b@oakfield.sch.uk", "a" * 255, ASHA + "\n"])
def test_what_is_no_email_counts_as_none(email: object) -> None:
    assert vouched(Vouching.GOOGLE, {"sub": "7", "email": email, "email_verified": True}, "") == Vouched("7", "")


@pytest.mark.parametrize("hd", [None, "", "meadow.sch.uk", "OAKFIELD.sch.uk.example", ["oakfield.sch.uk"]])
def test_an_account_of_another_domain_is_refused_where_one_is_demanded(hd: Any) -> None:
    claims = {"sub": "7", "email": ASHA, "email_verified": True, "hd": hd}

    assert vouched(Vouching.GOOGLE, claims, "oakfield.sch.uk") is Refusal.OTHER_DOMAIN
    assert vouched(Vouching.GOOGLE, claims | {"hd": "oakfield.sch.uk"}, "oakfield.sch.uk") == Vouched("7", ASHA)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ASHA, ASHA.upper(), True),
        (ASHA, "aſha@oakfield.sch.uk", False),  # the long s, whose capital is S
        ("kim@x.uk", "\u212aim@x.uk", False),  # the Kelvin sign, whose small letter is k
        ("i@x.uk", "ı@x.uk", False),
        ("zoë@x.uk", "zoë@X.uk", True),
    ],
)
def test_letters_that_look_alike_make_no_match(one: str, other: str, *, same: bool) -> None:
    assert same_email(one, other) is same


STAFF, GONE = Candidate(1, is_staff=True, is_enabled=True), Candidate(2, is_staff=True, is_enabled=False)
PARENT = Candidate(3, is_staff=False, is_enabled=True)


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        ([], Refusal.NO_MATCH),
        ([STAFF], 1),
        ([PARENT], Refusal.GUARDIAN),
        ([GONE], Refusal.DISABLED),
        ([GONE, PARENT], Refusal.DISABLED),
        ([PARENT, STAFF, GONE], 1),
        ([STAFF, Candidate(4, is_staff=True, is_enabled=True)], Refusal.SEVERAL_MATCH),
    ],
)
def test_exactly_one_enabled_member_of_staff_is_let_in(found: list[Candidate], chosen: int | Refusal) -> None:
    """No staff member with that e-mail, several with it, a guardian's account: each is told apart."""
    assert choose(found) == chosen


@pytest.mark.parametrize(("written", "kept"), [("", ""), ("@Oakfield.SCH.uk", "oakfield.sch.uk")])
def test_a_hosted_domain_is_kept_in_small_letters(written: str, kept: str) -> None:
    assert hosted_domain(written) == kept
