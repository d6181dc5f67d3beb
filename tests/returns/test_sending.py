"""Sending to a collector that is really there: received, put off, refused, called off; the credentials it takes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.collector.serving import Running
from consentry.returns.actions.make_submission import NotSendingError, Wanted, make_submission
from consentry.returns.actions.remove_consent import remove_consent
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.models import Collector
from consentry.rules.return_answers import MOST_ATTEMPTS, Outcome
from consentry.rules.return_runs import Run
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import Ending, SubmissionState
from consentry.schools.actions.correct_details import correct_details
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.returns.a_collector import AtCollector, add_collector, changed
from tests.returns.a_school import MONDAY, all_present, attempts, consent, mark, office_of, school_of, submissions

LATER = timedelta(days=1)


class Sending:
    """A school that consents to a collector, and what it sends."""

    def __init__(self, running: Running, **said: Any) -> None:
        self.running = running
        self.collector = add_collector(running, **said)
        self.site, self.sample = school_of()
        mark(self.site, all_present(self.sample, MONDAY))
        self.office = office_of(self.site)
        if self.collector.needs_consent:
            consent(self.site, self.collector, by=self.office)

    def make(self, run: Run = Run.MORNING) -> None:
        assert make_submission(self.site, self.collector.id, Wanted(run, MONDAY), at=timezone.now())

    def send(self, later: timedelta = timedelta()) -> Outcome | None:
        ca_file = self.running.ca_file
        return send_submission(school_id(self.site), self.collector.id, ca_file=ca_file, at=timezone.now() + later)

    @property
    def state(self) -> tuple[str, str]:
        last = submissions(self.site)[-1]
        return last.state, last.ending


@pytest.fixture
def sending(database: str, running: Running) -> Sending:
    return Sending(running)


def test_what_is_sent_is_what_the_collector_holds(sending: Sending, collector_side: AtCollector) -> None:
    """DS-07, DS-08, DS-11. URN, year groups, marks by code and year group, roll: as it was sent, so it is held."""
    sending.make()
    assert sending.send() is Outcome.RECEIVED

    urn = str(sending.site.urn)
    held = {day["date"]: day for day in collector_side.days(urn)}
    monday = held["2025-11-03"]
    assert len(held) == 8
    assert monday["roll"]["total"] == 12
    assert [each["taken"] for each in monday["sessions"]] == [True, True]
    assert sum(each["count"] for each in monday["sessions"][0]["marks"]) == 12
    assert {each["code"] for each in monday["sessions"][1]["marks"]} == {"\\"}
    [submission] = submissions(sending.site)
    assert (submission.state, submission.receipt) == (SubmissionState.RECEIVED, collector_side.receipts(urn)[0]["id"])


@pytest.mark.parametrize(("form", "urn"), [("json", "999123"), ("csv", "999124")])
def test_what_was_made_under_another_urn_is_not_sent(
    database: str, running: Running, collector_side: AtCollector, form: str, urn: str
) -> None:
    """Who corrects a wrong URN does not want the counts to be told of the school whose it is."""
    sending = Sending(running, format=form)
    wrong = str(sending.site.urn)
    sending.make()
    right = correct_details(sending.site.slug, {"urn": urn}, by=OPERATOR, at=timezone.now())

    assert sending.send() is None

    assert (sending.state, collector_side.receipts(wrong)) == ((SubmissionState.FAILED, Ending.NOT_SENDABLE), [])
    sending.site = right
    sending.make(Run.BY_HAND)
    assert sending.send() is Outcome.RECEIVED
    assert len(collector_side.receipts(urn)) == 1


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("error", Outcome.COLLECTOR_FAILED), ("too_many", Outcome.TOO_MANY), ("drop", Outcome.NOT_REACHED)],
)
def test_what_may_pass_is_tried_again_and_counts_once(
    sending: Sending, collector_side: AtCollector, fault: str, outcome: Outcome
) -> None:
    """A fault of the collector or of the network: the same bytes again by the same key, also after they arrived."""
    sending.make()
    collector_side.fault(fault, retry_after=1)

    assert sending.send() is outcome
    assert sending.state == (SubmissionState.WAITING, "")
    assert sending.send() is None, "not before its time"
    assert sending.send(LATER) is Outcome.RECEIVED

    [submission] = submissions(sending.site)
    assert [each.outcome for each in attempts(submission)] == [outcome, Outcome.RECEIVED]
    assert len(collector_side.receipts(str(sending.site.urn))) == 1


def test_a_collector_that_says_when_is_not_asked_before(sending: Sending, collector_side: AtCollector) -> None:
    sending.make()
    collector_side.fault("too_many", retry_after=3600)

    assert sending.send() is Outcome.TOO_MANY
    assert sending.send(timedelta(minutes=59)) is None
    assert sending.send(timedelta(minutes=61)) is Outcome.RECEIVED


def test_a_token_that_is_not_taken_any_more_is_asked_for_anew(sending: Sending, collector_side: AtCollector) -> None:
    sending.make()
    assert sending.send() is Outcome.RECEIVED
    collector_side.fault("bad_token")
    sending.make(Run.AFTERNOON)

    assert sending.send() is Outcome.RECEIVED


def test_the_second_secret_is_tried_where_the_first_is_refused(sending: Sending, collector_side: AtCollector) -> None:
    sending.make()
    collector_side.fault("wrong_secret", times=None)

    assert sending.send() is Outcome.RECEIVED


def test_credentials_that_are_refused_are_not_tried_again(database: str, running: Running) -> None:
    sending = Sending(running, client_id="somebody-else")
    sending.make()

    assert sending.send() is Outcome.CREDENTIALS_REFUSED
    assert sending.state == (SubmissionState.FAILED, Ending.CREDENTIALS_REFUSED)
    assert sending.send(LATER) is None


def test_what_the_collector_refuses_is_not_sent_again_and_says_why(database: str, running: Running) -> None:
    """DS-14. A collector that wants JSON is sent a CSV of another form: its answer is kept, field by field."""
    sending = Sending(running)
    sending.collector = changed(sending.collector, base_url=f"{running.base_url}/oauth")
    sending.make()

    assert sending.send() is Outcome.REFUSED
    [submission] = submissions(sending.site)
    [attempt] = attempts(submission)
    assert attempt.status in {404, 405}
    assert '"title"' in attempt.answer
    assert sending.state == (SubmissionState.FAILED, Ending.REFUSED)


def test_a_certificate_that_nobody_vouches_for_is_not_sent_to(sending: Sending) -> None:
    """DS-17."""
    sending.make()
    outcome = send_submission(school_id(sending.site), sending.collector.id, ca_file=None, at=timezone.now())

    assert outcome is Outcome.NOT_TRUSTED
    assert sending.state == (SubmissionState.WAITING, "")


def test_nothing_is_sent_in_the_clear(sending: Sending) -> None:
    """DS-17."""
    changed(sending.collector, base_url=sending.running.base_url.replace("https", "http"))
    sending.make()

    assert sending.send() is Outcome.NOT_TRUSTED


def test_it_gives_up_after_so_many_attempts(sending: Sending, collector_side: AtCollector) -> None:
    collector_side.fault("error", times=None)
    sending.make()
    for attempt in range(MOST_ATTEMPTS):
        assert sending.send(LATER * (attempt + 1)) is Outcome.COLLECTOR_FAILED

    assert sending.state == (SubmissionState.FAILED, Ending.GIVEN_UP)
    assert sending.send(LATER * 40) is None


def test_a_later_run_takes_the_place_of_one_that_waits(sending: Sending, collector_side: AtCollector) -> None:
    """An older document never arrives after a newer one: it would set the collector back."""
    sending.make()
    collector_side.fault("error")
    assert sending.send() is Outcome.COLLECTOR_FAILED
    sending.make(Run.AFTERNOON)

    assert sending.send() is Outcome.RECEIVED
    morning, afternoon = submissions(sending.site)
    assert (morning.state, morning.ending) == (SubmissionState.CALLED_OFF, Ending.REPLACED)
    assert afternoon.state == SubmissionState.RECEIVED
    assert len(collector_side.receipts(str(sending.site.urn))) == 1


def test_one_submission_is_in_force_for_a_run(sending: Sending) -> None:
    sending.make()
    assert make_submission(sending.site, sending.collector.id, Wanted(Run.MORNING, MONDAY), at=timezone.now()) is None
    for _ in range(2):
        sending.make(Run.BY_HAND)

    assert [(each.run, each.in_force) for each in submissions(sending.site)] == [
        (Run.MORNING, True),
        (Run.BY_HAND, False),
        (Run.BY_HAND, True),
    ]


def test_without_consent_nothing_is_made_and_what_waits_is_called_off(sending: Sending) -> None:
    """DS-15. Seed 003: to turn off the sync, remove consent."""
    sending.make()
    remove_consent(sending.site, sending.collector, by=sending.office, at=timezone.now())

    assert sending.state == (SubmissionState.CALLED_OFF, Ending.CONSENT_REMOVED)
    assert sending.send() is None
    with pytest.raises(NotSendingError) as refused:
        sending.make()
    assert refused.value.obstacle is Obstacle.NO_CONSENT


@pytest.mark.parametrize(
    ("said", "obstacle"),
    [
        ({"status": "suspended"}, Obstacle.SUSPENDED),
        ({"status": "discontinued"}, Obstacle.DISCONTINUED),
        ({"version": 2, "consent_from": 2}, Obstacle.NO_CONSENT),
        ({"jurisdiction": "wales"}, Obstacle.NOT_ASKED),
        ({"local_authority": "201"}, Obstacle.NOT_ASKED),
    ],
)
def test_what_was_made_before_is_not_sent_either(
    sending: Sending, collector_side: AtCollector, said: dict[str, Any], obstacle: Obstacle
) -> None:
    """DS-02. Discontinued, suspended, asking for more: nothing more is sent, also what was queued."""
    sending.make()
    changed(sending.collector, **said)

    assert sending.send() is None
    assert sending.state[0] == SubmissionState.CALLED_OFF
    assert collector_side.receipts(str(sending.site.urn)) == []
    with pytest.raises(NotSendingError) as refused:
        sending.make(Run.AFTERNOON)
    assert refused.value.obstacle is obstacle


def test_a_duty_needs_no_consent(database: str, running: Running) -> None:
    sending = Sending(running, legal_basis="duty", format="csv", granularity="marginals")
    sending.make()

    assert sending.send() is Outcome.RECEIVED


def test_other_schools_consent_is_not_ones_own(sending: Sending) -> None:
    other: Site
    other, _ = school_of()
    collector: Collector = sending.collector

    with pytest.raises(NotSendingError):
        make_submission(other, collector.id, Wanted(Run.MORNING, MONDAY), at=timezone.now())
