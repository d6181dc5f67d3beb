"""Unique pupil numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.upn import CHECK_LETTERS, UpnFault, check_letter, is_temporary, upn_fault

twelve_digits = st.text("0123456789", min_size=12, max_size=12)
temporary_rest = st.tuples(st.text("0123456789", min_size=11, max_size=11), st.sampled_from(CHECK_LETTERS)).map("".join)


@pytest.mark.parametrize("upn", ["R201100018042", "H801200001001"])
def test_the_published_examples_are_good(upn: str) -> None:
    assert upn_fault(upn) is None
    assert not is_temporary(upn)


@pytest.mark.parametrize(
    ("upn", "fault"),
    [
        ("", UpnFault.LENGTH),
        ("R20110001804", UpnFault.LENGTH),
        ("R2011000180422", UpnFault.LENGTH),
        ("r201100018042", UpnFault.FORM),
        ("I201100018042", UpnFault.FORM),
        ("R20110001804S", UpnFault.FORM),
        ("R20110001804٢", UpnFault.FORM),
        ("2201100018042", UpnFault.FORM),
        ("A201100018042", UpnFault.CHECK_LETTER),
    ],
)
def test_a_bad_number_says_what_is_wrong(upn: str, fault: UpnFault) -> None:
    assert upn_fault(upn) is fault


@given(twelve_digits | temporary_rest)
def test_the_check_letter_makes_a_good_number_and_every_other_letter_a_bad_one(rest: str) -> None:
    good = check_letter(rest)
    for letter in CHECK_LETTERS:
        assert upn_fault(letter + rest) is (None if letter == good else UpnFault.CHECK_LETTER)


@given(twelve_digits, st.integers(0, 11), st.integers(1, 9))
def test_one_mistyped_digit_is_always_caught(rest: str, place: int, slip: int) -> None:
    mistyped = rest[:place] + str((int(rest[place]) + slip) % 10) + rest[place + 1 :]
    assert upn_fault(check_letter(rest) + mistyped) is UpnFault.CHECK_LETTER


@given(temporary_rest)
def test_a_number_that_ends_in_a_letter_is_temporary(rest: str) -> None:
    assert is_temporary(check_letter(rest) + rest)
