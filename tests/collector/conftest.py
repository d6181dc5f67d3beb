"""One collector for the tests of a module, and somebody who sends to it."""

from collections.abc import Iterator

import pytest

from consentry.collector.serving import Running, start
from tests.collector.sender import Sender


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("collector"), workers=2) as up:
        yield up


@pytest.fixture(scope="module")
def sender(running: Running) -> Iterator[Sender]:
    with Sender(running) as sending:
        yield sending
