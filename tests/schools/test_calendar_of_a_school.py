"""The calendar as it is kept: one school's alone, read by one query, and what the database itself refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consentry.audit.reading import reading
from consentry.rules.jurisdictions import Jurisdiction
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id
from tests.world import add_school


@pytest.fixture(scope="module")
def oakfield(module_database: str) -> Site:
    return add_school()


def test_a_school_is_in_england_and_has_an_empty_calendar_until_it_says_otherwise(oakfield: Site) -> None:
    with reading(school_id(oakfield)), CaptureQueriesContext(connection) as asked:
        calendar = calendar_of(oakfield)

    assert (calendar.jurisdiction, calendar.entries) == (Jurisdiction.ENGLAND, ())
    assert len(asked) == 1
