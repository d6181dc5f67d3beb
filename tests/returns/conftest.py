"""One reference collector for the tests of a module."""

from collections.abc import Iterator

import pytest

from consentry.collector.serving import Running, start
from tests.returns.a_collector import AtCollector


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("collector")) as up:
        yield up


@pytest.fixture
def collector_side(running: Running) -> Iterator[AtCollector]:
    """Looks at it, and leaves it without a fault."""
    looking = AtCollector(running)
    yield looking
    looking.fault("none", times=None)
    looking.close()
