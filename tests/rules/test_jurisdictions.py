"""Bank holidays of each part of the kingdom, those proclaimed once among them. Source: gov.uk/bank-holidays."""

from datetime import date

import pytest

from consentry.rules.jurisdictions import Jurisdiction, bank_holiday, is_weekday, is_working_day

ENGLAND, WALES = Jurisdiction.ENGLAND, Jurisdiction.WALES
SCOTLAND, NORTHERN_IRELAND = Jurisdiction.SCOTLAND, Jurisdiction.NORTHERN_IRELAND
EVERYWHERE = set(Jurisdiction)

DAYS = {
    date(2020, 5, 8): EVERYWHERE,  # May Day, moved to the anniversary of the end of the war in Europe
    date(2020, 5, 4): set(),
    date(2022, 6, 2): EVERYWHERE,  # the late spring holiday, moved to the jubilee
    date(2022, 6, 3): EVERYWHERE,
    date(2022, 5, 30): set(),
    date(2022, 9, 19): EVERYWHERE,  # the funeral of Elizabeth II
    date(2023, 5, 8): EVERYWHERE,  # the coronation
    date(2026, 12, 28): EVERYWHERE,  # for a Boxing Day on a Saturday
    date(2025, 1, 2): {SCOTLAND},
    date(2025, 3, 17): {NORTHERN_IRELAND},
    date(2025, 4, 18): EVERYWHERE,
    date(2025, 4, 21): {ENGLAND, WALES, NORTHERN_IRELAND},  # Easter Monday
    date(2025, 7, 14): {NORTHERN_IRELAND},  # for a 12 July on a Saturday
    date(2025, 8, 4): {SCOTLAND},
    date(2025, 8, 25): {ENGLAND, WALES, NORTHERN_IRELAND},
    date(2025, 12, 1): {SCOTLAND},  # for a St Andrew's Day on a Sunday
    date(2025, 9, 8): set(),
}


@pytest.mark.parametrize("day", DAYS)
def test_a_bank_holiday_is_one_where_it_is_proclaimed(day: date) -> None:
    assert {each for each in Jurisdiction if bank_holiday(day, each)} == DAYS[day]
    assert {each for each in Jurisdiction if not is_working_day(day, each)} == DAYS[day]


def test_a_bank_holiday_is_called_by_its_name() -> None:
    assert bank_holiday(date(2022, 9, 19), ENGLAND) == "State Funeral of Queen Elizabeth II"
    assert bank_holiday(date(2022, 9, 20), ENGLAND) is None


def test_saturday_and_sunday_are_no_working_days() -> None:
    friday, saturday, sunday, monday = (date(2025, 9, day) for day in (5, 6, 7, 8))

    assert [is_weekday(each) for each in (friday, saturday, sunday, monday)] == [True, False, False, True]
    assert [is_working_day(each, ENGLAND) for each in (friday, saturday, sunday, monday)] == [True, False, False, True]


def test_each_part_of_the_kingdom_is_called_by_its_name() -> None:
    assert [each.label for each in Jurisdiction] == ["England", "Wales", "Scotland", "Northern Ireland"]


@pytest.mark.parametrize("year", [1, 1871, 2101, 9999])
def test_of_years_that_no_table_knows_every_weekday_is_a_working_day(year: int) -> None:
    assert bank_holiday(date(year, 12, 25), ENGLAND) is None
