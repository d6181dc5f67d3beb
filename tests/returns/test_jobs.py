"""The jobs that send: twice a working day by the schedule, at once when a person asks, again what was put off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from consentry.collector.serving import Running
from consentry.project.jobs_of_returns import send_returns
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.models import Collector
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import SubmissionState
from consentry.schools.models import Site
from tests.jobs import run_jobs
from tests.returns.a_collector import AtCollector, add_collector, changed
from tests.returns.a_school import MONDAY, all_present, at, consent, mark, office_of, school_of, submissions

SATURDAY = date(2025, 11, 8)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the time of day that Django tells."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.fixture
def collector(database: str, running: Running, settings: Any) -> Collector:
    settings.CONFIG = replace(settings.CONFIG, collector_ca=running.ca_file)
    return add_collector(running)


@pytest.fixture
def site(collector: Collector) -> Site:
    found, sample = school_of(4)
    mark(found, all_present(sample, MONDAY))
    consent(found, collector)
    return found


def test_it_is_sent_after_the_morning_and_after_the_afternoon_of_working_days(
    site: Site, collector_side: AtCollector, clock: Callable[[datetime], None]
) -> None:
    """DS-06. Every minute it is asked what is due: two runs a day, each once, and none on a Saturday."""
    asked = []
    for moment in (at(MONDAY, 11, 59), at(MONDAY, 12), at(MONDAY, 12, 1), at(MONDAY, 16), at(SATURDAY, 16)):
        clock(moment)
        asked.append(send_returns())
        run_jobs()

    assert asked == [0, 1, 0, 1, 0]
    assert [(each.run, each.state) for each in submissions(site)] == [
        (Run.MORNING, SubmissionState.RECEIVED),
        (Run.AFTERNOON, SubmissionState.RECEIVED),
    ]
    assert len(collector_side.receipts(str(site.urn))) == 2


def test_a_run_that_nobody_was_there_for_is_made_up_for_on_the_same_day(
    site: Site, clock: Callable[[datetime], None]
) -> None:
    clock(at(MONDAY, 23, 30))
    send_returns()
    run_jobs()

    assert [each.run for each in submissions(site)] == [Run.AFTERNOON]


def test_what_a_person_asks_for_is_sent_at_once(site: Site, collector: Collector) -> None:
    assert make_submission(
        site, collector.id, Wanted(Run.BY_HAND, MONDAY, office_of(site, "Ola Berg")), at=timezone.now()
    )
    run_jobs()

    [submission] = submissions(site)
    assert (submission.state, submission.asked_by) == (SubmissionState.RECEIVED, "Ola Berg")


def test_what_was_put_off_is_tried_again_by_the_next_job_whose_time_it_is(
    site: Site, collector_side: AtCollector, clock: Callable[[datetime], None]
) -> None:
    collector_side.fault("error")
    clock(at(MONDAY, 12))
    send_returns()
    run_jobs()
    [waiting] = submissions(site)
    assert (waiting.state, waiting.attempts) == (SubmissionState.WAITING, 1)

    clock(at(MONDAY, 12) + timedelta(minutes=5))
    assert send_returns() == 1
    run_jobs()

    [received] = submissions(site)
    assert (received.state, received.attempts) == (SubmissionState.RECEIVED, 2)


def test_nothing_is_asked_for_where_nothing_may_be_sent(
    site: Site, collector: Collector, clock: Callable[[datetime], None]
) -> None:
    school_of(1)  # it has not consented
    clock(at(MONDAY, 16))
    for status in ("suspended", "discontinued"):
        changed(collector, status=status)
        assert send_returns() == 0


def test_a_job_asked_for_twice_waits_once(site: Site, clock: Callable[[datetime], None]) -> None:
    clock(at(MONDAY, 12))

    assert [send_returns(), send_returns()] == [1, 0]
