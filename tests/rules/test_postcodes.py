"""Which texts are postcodes of the United Kingdom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.postcodes import postcode


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("M1 1AE", "M1 1AE"),
        ("b33 8th", "B33 8TH"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        (" w1a  1hq ", "W1A 1HQ"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("GIR 0AA", "GIR 0AA"),
    ],
)
def test_every_form_of_a_postcode_is_known_and_tidied(typed: str, kept: str) -> None:
    assert postcode(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "BS1", "BS1 4", "4DJ BS1", "BS1 4D", "BS1 4DJJ", "BS1 4CJ", "GIR 0AB", "BSS1 4DJ", "B\u0661 1AA", "12345"],
)
def test_what_has_another_form_is_none(typed: str) -> None:
    assert postcode(typed) is None


@given(st.text())
def test_what_is_a_postcode_stays_one_as_it_is_kept(typed: str) -> None:
    kept = postcode(typed)

    assert kept is None or postcode(kept) == kept
