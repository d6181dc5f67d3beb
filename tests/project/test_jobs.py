"""The job worker does what rows ask for."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.models import Notification, Outcome, SignIn
from consentry.project.jobs import forget_old_sign_ins
from tests.world import add_app, add_person, add_school, ask


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


@pytest.fixture
def waiting(database: str) -> None:
    """A request that one person was told of just now."""
    site = add_school()
    add_person(site)
    ask(add_app(), site, at=timezone.now())


def test_a_request_wakes_the_mailer(waiting: None) -> None:
    run_jobs()

    assert [told.to for told in mail.outbox] == [["asha.patel@example.org"]]
    assert Notification.objects.filter(mailed_at=None).count() == 0


def test_many_requests_wake_the_mailer_once(waiting: None) -> None:
    wake_mailer()
    wake_mailer()

    assert ProcrastinateJob.objects.filter(task_name="mail_notifications").count() == 1


def test_old_sign_ins_and_sessions_are_forgotten_by_night(database: str) -> None:
    asha = add_person(add_school())
    for age in (0, 401):
        note_sign_in(asha, outcome=Outcome.SIGNED_IN, facts=SignInFacts(timezone.now() - timedelta(days=age)))

    assert forget_old_sign_ins() == 1
    assert SignIn.objects.count() == 1
