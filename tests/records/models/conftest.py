"""Two schools for each test, new ones every time, in a database that the tests of a module share."""

import pytest

from consentry.rules.identity import SchoolId
from tests.records.models.school import open_school


@pytest.fixture
def oakfield(module_database: str) -> SchoolId:
    return open_school("oakfield")


@pytest.fixture
def elmwood(module_database: str) -> SchoolId:
    return open_school("elmwood")
