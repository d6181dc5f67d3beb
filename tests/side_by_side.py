"""How tests share the machine: those that wait for servers and browsers first, and more at once than processors."""

import os

import pytest

WAITING = ("tests/journeys", "tests/project", "tests/imports")
FEWEST = 4
"""A test waits for a server, a browser or the disk half of its time, so that two processors carry four."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` starts."""
    return max(FEWEST, os.cpu_count() or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first, or the last of them runs alone at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(WAITING))
