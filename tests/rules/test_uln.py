"""Unique learner numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.uln import UlnFault, uln_fault


def test_the_published_example_is_good() -> None:
    assert uln_fault("9276308686") is None


@pytest.mark.parametrize("uln", ["", "0276308686", "927630868", "92763086866", "927630868٦"])
def test_a_number_has_ten_digits_and_starts_with_none_that_is_zero(uln: str) -> None:
    assert uln_fault(uln) is UlnFault.FORM


@given(st.integers(0, 9).filter(lambda digit: digit != 6))
def test_any_other_last_digit_is_caught(digit: int) -> None:
    assert uln_fault(f"927630868{digit}") is UlnFault.CHECK_DIGIT
