"""Each statement that a page promises names its tests: all that name it, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
EXPLAINED = TESTS.parent / "docs" / "explanation"
PAGES = {"AS": (EXPLAINED / "authorization-server.md", 15), "DS": (EXPLAINED / "attendance-submissions.md", 22)}
"""By what its statements are called: the page, and how many there are."""

NAMING = {
    each: set(re.findall(r"\b[AD]S-\d\d\b", each.read_text()))
    for each in TESTS.rglob("test_*.py")
    if each != Path(__file__)
}


def rows(called: str) -> Iterator[tuple[str, str]]:
    page, _ = PAGES[called]
    return ((line[2:7], line) for line in page.read_text().splitlines() if line.startswith(f"| {called}-"))


@pytest.mark.parametrize("called", PAGES)
def test_there_are_so_many_statements(called: str) -> None:
    _, count = PAGES[called]
    assert [name for name, _ in rows(called)] == [f"{called}-{number:02}" for number in range(1, count + 1)]


@pytest.mark.parametrize(("statement", "row"), [each for called in PAGES for each in rows(called)])
def test_its_row_names_the_tests_that_name_it(statement: str, row: str) -> None:
    named = {(EXPLAINED / target).resolve() for target in re.findall(r"\]\(([^)]+)\)", row)}
    assert named == {each for each, found in NAMING.items() if statement in found}
