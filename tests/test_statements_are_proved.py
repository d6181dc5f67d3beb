"""Each statement about the authorization server names its tests: all that name it, and no others."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "explanation" / "authorization-server.md"
ROWS = {row[2:7]: row for row in PAGE.read_text().splitlines() if row.startswith("| AS-")}
NAMING = {
    each: set(re.findall(r"AS-\d\d", each.read_text())) for each in TESTS.rglob("test_*.py") if each != Path(__file__)
}


def test_there_are_fifteen_statements() -> None:
    assert list(ROWS) == [f"AS-{number:02}" for number in range(1, 16)]


@pytest.mark.parametrize("statement", sorted(ROWS))
def test_its_row_names_the_tests_that_name_it(statement: str) -> None:
    named = {(PAGE.parent / target).resolve() for target in re.findall(r"\]\(([^)]+)\)", ROWS[statement])}
    assert named == {each for each, found in NAMING.items() if statement in found}
