"""One collector for the tests of a module, and somebody who sends to it."""

from collections.abc import Iterator
from contextlib import ExitStack

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


@pytest.fixture
def senders(running: Running) -> Iterator[list[Sender]]:
    """Eight at once, some with one worker, some with the other."""
    with ExitStack() as all_of_them:
        yield [all_of_them.enter_context(Sender(running)) for _ in range(8)]
