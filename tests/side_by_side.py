"""How tests share the machine: those that wait for servers and browsers first, and more at once than processors.

Journeys go at a desk's width; by phone as well where CI is set or CONSENTRY_JOURNEYS is `all`.
"""

import os

import pytest

WAITING = ("tests/journeys", "tests/project", "tests/imports", "tests/returns", "tests/collector")
BY_PHONE = os.environ.get("CI") == "true" or os.environ.get("CONSENTRY_JOURNEYS") == "all"
FEWEST = 4
"""A test waits for a server, a browser or the disk half of its time, so that two processors carry four."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` starts."""
    return max(FEWEST, os.cpu_count() or 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long ones first, or the last of them runs alone at the end."""
    if not BY_PHONE:
        by_phone = [item for item in items if _is_by_phone(item)]
        config.hook.pytest_deselected(items=by_phone)
        items[:] = [item for item in items if not _is_by_phone(item)]
    items.sort(key=lambda item: not item.nodeid.startswith(WAITING))


def _is_by_phone(item: pytest.Item) -> bool:
    return item.nodeid.startswith("tests/journeys") and "phone" in item.nodeid.partition("[")[2]
