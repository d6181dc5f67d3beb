"""Two schools, each in a database of the test's own."""

import pytest

from consentry.rules.identity import SchoolId
from tests.records.models.school import open_school


@pytest.fixture
def oakfield(database: str) -> SchoolId:
    return open_school("oakfield", 1)


@pytest.fixture
def elmwood(database: str) -> SchoolId:
    return open_school("elmwood", 2)
