"""URN, LAESTAB, year groups and dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.dates import DateFault, birth_day, day, day_between
from consentry.rules.establishment import EstablishmentFault, laestab, urn
from consentry.rules.year_groups import YEAR_GROUPS, YearGroupFault, year_group


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("123456", "123456"),
        (" 123456 ", "123456"),
        ("023456", EstablishmentFault.URN_FORM),
        ("12345", EstablishmentFault.URN_FORM),
        ("1234567", EstablishmentFault.URN_FORM),
        ("12345٦", EstablishmentFault.URN_FORM),
    ],
)
def test_a_urn_is_six_digits(text: str, number: object) -> None:
    assert urn(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8604001", "8604001"),
        ("860/4001", "8604001"),
        ("860/12", "8600012"),
        ("942/4001", "9424001"),
        ("86040", EstablishmentFault.LAESTAB_FORM),
        ("860-4001", EstablishmentFault.LAESTAB_FORM),
        ("200/4001", EstablishmentFault.AUTHORITY),
    ],
)
def test_a_laestab_is_an_authority_and_an_establishment(text: str, number: object) -> None:
    assert laestab(text) == number


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("7", "7"),
        ("07", "7"),
        ("Year 7", "7"),
        ("year  07", "7"),
        ("Y7", "7"),
        ("yr 12", "12"),
        ("Reception", "R"),
        ("r", "R"),
        ("n2", "N2"),
        ("E1", "E1"),
        ("x", "X"),
        ("", YearGroupFault.UNKNOWN),
        ("0", YearGroupFault.UNKNOWN),
        ("15", YearGroupFault.UNKNOWN),
        ("M", YearGroupFault.UNKNOWN),
        ("Year", YearGroupFault.UNKNOWN),
        ("٧", YearGroupFault.UNKNOWN),
    ],
)
def test_the_ways_to_write_a_year_group(text: str, group: object) -> None:
    assert year_group(text) == group


@given(st.sampled_from(YEAR_GROUPS))
def test_a_year_group_stands_for_itself(group: str) -> None:
    assert year_group(group) == year_group(group.lower()) == group


@given(st.text(max_size=12))
def test_no_text_makes_a_year_group_of_our_own(text: str) -> None:
    assert year_group(text) in {*YEAR_GROUPS, YearGroupFault.UNKNOWN}


@pytest.mark.parametrize("text", ["20240903", "2024-W36-2", "3/9/2024", "2024-9-3", "", "٢٠٢٤-٠٩-٠٣", "2024-09-03 "])
def test_a_date_has_one_form(text: str) -> None:
    assert day(text) is DateFault.FORM


@pytest.mark.parametrize("text", ["2023-02-29", "2024-13-01", "2024-04-31", "0000-01-01"])
def test_a_date_is_a_real_day(text: str) -> None:
    assert day(text) is DateFault.NOT_REAL
    assert birth_day(text, on=date(2025, 1, 1)) is DateFault.NOT_REAL


@given(st.dates())
def test_every_real_day_reads_back(found: date) -> None:
    assert day(found.isoformat()) == found


@given(st.dates(date(2000, 1, 1), date(2020, 1, 1)), st.integers(-2, 2))
def test_the_first_and_the_last_day_count(latest: date, offset: int) -> None:
    earliest = latest - timedelta(days=10)
    after, before = latest + timedelta(days=offset), earliest + timedelta(days=offset)
    assert day_between(after.isoformat(), earliest, latest) == (after if offset <= 0 else DateFault.IN_FUTURE)
    assert day_between(before.isoformat(), earliest, latest) == (before if offset >= 0 else DateFault.TOO_EARLY)


def test_a_pupil_is_neither_unborn_nor_middle_aged() -> None:
    on = date(2025, 9, 1)
    assert birth_day("2014-02-28", on=on) == date(2014, 2, 28)
    assert birth_day("2025-09-02", on=on) is DateFault.IN_FUTURE
    assert birth_day("1999-12-31", on=on) is DateFault.TOO_EARLY
