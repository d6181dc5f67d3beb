"""What a thread of the server leaves behind when it ends: nothing."""

import gc
import threading
from typing import Any

import pytest
from django.db import connection, connections

from consentry.project.serving.threads import close_with_thread


@pytest.fixture
def without_collector() -> Any:
    """The garbage collector comes by whenever it likes: here it does not."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_thread_that_ends_closes_its_connection(database: str, without_collector: None) -> None:
    backends: list[int] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            backends.append(cursor.fetchone()[0])
        return []

    guarded = close_with_thread(application)
    for _ in range(3):
        thread = threading.Thread(target=lambda: [guarded({}, None) for _ in range(2)])
        thread.start()
        thread.join()

    assert len(set(backends)) == 3
    with connections["default"].cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where pid = any(%s)", [backends])
        assert cursor.fetchone() == (0,)
