"""Rates as the national statistics have them, from figures that were published."""

from fractions import Fraction

import pytest

from consentry.rules.attendance_rates import attendance_of

# Pupil attendance in schools, England, all schools, Monday 8 September 2025: sessions of each code.
MONDAY_ENGLAND = {
    "/": 6_321_741, "\\": 6_439_632, "L": 185_461, "I": 215_575, "M": 36_318, "R": 267, "S": 33, "T": 1_404, "H": 6,
    "E": 7_293, "C": 59_591, "C1": 273, "J1": 638, "C2": 22_863, "B": 18_060, "P": 1_793, "V": 17_244, "W": 1_238,
    "K": 4_102, "G": 77_124, "U": 18_053, "O": 166_921, "N": 28_643,
}  # fmt: skip
# The same series, secondary schools of Rutland, 12 September 2025.
FRIDAY_RUTLAND = {
    "/": 2_710, "\\": 2_710, "L": 53, "I": 192, "M": 17, "S": 2, "T": 2, "E": 10, "C": 24, "C2": 12, "B": 11, "P": 1,
    "K": 14, "G": 2, "U": 4, "O": 94,
}  # fmt: skip


def test_a_published_row_comes_out_to_the_last_session() -> None:
    told = attendance_of(FRIDAY_RUTLAND)

    assert told.possible == 5_858
    assert told.rate == Fraction(5_499, 5_858)
    assert f"{float(told.rate) * 100:.4f}" == "93.8716"


def test_the_whole_country_comes_out() -> None:
    """The rows' total of authorised absence differs from their codes by some sessions: here it does by 12."""
    told = attendance_of(MONDAY_ENGLAND)

    assert told.attending == 6_321_741 + 6_439_632 + 185_461 == 12_946_834
    assert told.attended == 12_989_271
    assert told.unauthorised == 77_124 + 18_053 + 166_921 + 28_643
    assert told.late == 185_461 + 18_053
    assert abs(told.possible - 13_624_281) <= 12
    assert told.rate is not None
    assert f"{float(told.rate) * 100:.3f}" == "95.339"


@pytest.mark.parametrize("code", ["D", "Q", "X", "Y", "Y1", "Y7", "Z", "#"])
def test_what_was_not_possible_counts_nothing(code: str) -> None:
    assert attendance_of({code: 100}).possible == 0
    assert attendance_of({code: 100}).rate is None
    assert attendance_of({code: 100, "/": 1}).absence_rate == 0
