"""The job worker does what rows ask for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.models import Notification, Outcome, SignIn
from consentry.project.jobs import forget_old_sign_ins
from tests.jobs import run_jobs
from tests.world import add_app, add_person, add_school, ask


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
