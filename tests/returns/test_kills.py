"""A worker that is killed between sent and recorded, a database that goes away, consent that is removed on the way."""

import os
import signal
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from threading import Thread

import psycopg
import pytest
from django.db import DatabaseError, connections
from django.utils import timezone

from consentry.collector.serving import Running
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.remove_consent import remove_consent
from consentry.returns.actions.send_submission import LEASE, send_submission
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import SubmissionState
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.races import TIMES
from tests.returns.a_collector import AtCollector, add_collector
from tests.returns.a_school import MONDAY, all_present, attempts, consent, mark, office_of, school_of, submissions

KILLS = 200 if TIMES > 20 or os.environ.get("CI") else 60
"""Two hundred in .ci/run and `make races`; fewer in `make test`, whose time is scarce."""


def in_a_process_of_its_own(do: Callable[[], object]) -> int:
    """The number of a process that does this with connections of its own and ends."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        do()
    finally:
        os._exit(0)


@pytest.mark.races
def test_a_worker_that_is_killed_loses_nothing_and_sends_nothing_twice(
    database: str, running: Running, collector_side: AtCollector
) -> None:
    """Kills at random moments of making, sending and recording: each run arrives, and counts once."""
    collector = add_collector(running)
    site, sample = school_of(4)
    mark(site, all_present(sample, MONDAY))
    consent(site, collector)
    random, times = Random(5), []  # noqa: S311 -- moments, not secrets

    def work(day: date, at_hand: timedelta) -> None:
        make_submission(site, collector.id, Wanted(Run.MORNING, day), at=timezone.now())
        send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=timezone.now() + at_hand)

    for kill in range(KILLS):
        day, at_hand = MONDAY - timedelta(days=kill // 4), LEASE * 2 * (kill % 4)
        began = time.monotonic()
        child = in_a_process_of_its_own(lambda day=day, at_hand=at_hand: work(day, at_hand))  # type: ignore[misc]
        if kill % 4 == 3:  # in peace
            os.waitpid(child, 0)
            times.append(time.monotonic() - began)
            continue
        time.sleep(random.uniform(0, max(times, default=0.15)))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    sent, arrived = submissions(site), collector_side.receipts(str(site.urn))
    assert len(sent) == KILLS // 4
    assert {each.state for each in sent} == {SubmissionState.RECEIVED}
    assert sorted(str(each.key) for each in sent) == sorted(each["key"] for each in arrived)
    assert {each.receipt for each in sent} == {each["id"] for each in arrived}
    tried = [attempts(each) for each in sent]
    assert all(each[-1].outcome == Outcome.RECEIVED for each in tried)
    assert {each.outcome for all_of in tried for each in all_of[:-1]} <= {Outcome.INTERRUPTED}
    assert sum(len(each) for each in tried) > len(sent), "some were killed on the way"


def test_a_database_that_goes_away_while_it_is_sent_loses_nothing(
    database: str, running: Running, collector_side: AtCollector
) -> None:
    """All its connections are cut after the bytes have left: the same goes again, and the collector knows it."""
    collector = add_collector(running)
    site, sample = school_of(4)
    mark(site, all_present(sample, MONDAY))
    consent(site, collector)
    assert make_submission(site, collector.id, Wanted(Run.MORNING, MONDAY), at=timezone.now())
    collector_side.fault("slow", seconds=2)

    cutting = Thread(target=cut_all_connections, args=[database])
    cutting.start()
    with pytest.raises((DatabaseError, psycopg.Error)):
        send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=timezone.now())
    cutting.join()
    connections.close_all()

    later = timezone.now() + LEASE * 2
    assert send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=later) is Outcome.RECEIVED
    [submission] = submissions(site)
    assert [each.outcome for each in attempts(submission)] == [Outcome.INTERRUPTED, Outcome.RECEIVED]
    assert len(collector_side.receipts(str(site.urn))) == 1


def cut_all_connections(database: str) -> None:
    """As a restart of the database does, in a moment."""
    time.sleep(1)
    parts = connections["default"].settings_dict
    known = {"host": parts["HOST"], "port": parts["PORT"], "user": parts["USER"], "password": parts["PASSWORD"]}
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as line:
        line.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and usename = current_user",
            [database],
        )


def send_and_close(site: Site, collector: int, ca_file: str) -> None:
    try:
        send_submission(school_id(site), collector, ca_file=ca_file, at=timezone.now())
    finally:
        connections.close_all()


@pytest.mark.races
def test_nothing_is_sent_after_consent_was_removed(
    database: str, running: Running, collector_side: AtCollector
) -> None:
    """DS-15. Whatever is on its way when somebody removes consent has arrived before that is committed."""
    collector = add_collector(running)
    for number in range(TIMES):
        site, sample = school_of(2)
        mark(site, all_present(sample, MONDAY))
        office = office_of(site)
        consent(site, collector, by=office)
        make_submission(site, collector.id, Wanted(Run.MORNING, MONDAY), at=timezone.now())
        collector_side.fault("slow", seconds=0.2)

        sending = Thread(target=send_and_close, args=[site, collector.id, running.ca_file])
        sending.start()
        time.sleep(0.01 * (number % 10))
        remove_consent(site, collector, by=office, at=timezone.now())
        arrived = collector_side.receipts(str(site.urn))
        sending.join()

        [submission] = submissions(site)
        assert collector_side.receipts(str(site.urn)) == arrived, "nothing came after the removal"
        assert (submission.state == SubmissionState.RECEIVED) is bool(arrived)
        assert submission.state in {SubmissionState.RECEIVED, SubmissionState.CALLED_OFF}
