"""Doing what jobs wait to be done, as the job worker does."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate.contrib.django import app


def run_jobs() -> None:
    """Run a worker until there is nothing left to do, in a thread: Playwright may keep an event loop in this one."""

    def close_after(call_next: Callable[[], object], *_about: object) -> object:
        try:
            return call_next()
        finally:
            connections.close_all()

    async def work() -> None:
        worker = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(worker):
            async with app.open_async():
                await app.run_worker_async(
                    wait=False, install_signal_handlers=False, listen_notify=False, task_middleware=[close_after]
                )

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result()
