"""What becomes of consents, of what waits and of what is on its way when a collector asks for more, or nothing more."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.collector.serving import Running
from consentry.people.models import Account, Notification
from consentry.project.jobs_of_returns import end_consents_that_are_over
from consentry.returns.actions.discontinue_collector import discontinue_collector
from consentry.returns.actions.end_consents import end_consents
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.actions.suspend_collector import suspend_collector
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import collector_shared
from consentry.returns.queries.consents import consents_of
from consentry.returns.queries.due import consents_to_end, left_waiting, schools_asked
from consentry.rules.invalid import InvalidError
from consentry.rules.payload_forms import Granularity
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.jobs import run_jobs
from tests.locks import LOCKS_HERE
from tests.races import TIMES, Racers
from tests.returns.a_collector import AtCollector, add_collector
from tests.returns.a_school import MONDAY, all_present, consent, mark, office_of, school_of, submissions
from tests.returns.by_operator import active, change
from tests.world import NOW, add_school

NOTICE = "The Department no longer collects this way."


def discontinue(collector: Collector) -> None:
    discontinue_collector(collector.id, NOTICE, by=OPERATOR, at=timezone.now())


def consents(site: Site, collector: Collector) -> list[tuple[bool, str]]:
    """Whether each is in force, and why not; the oldest first."""
    with reading(school_id(site)):
        kept = list(consents_of(school_id(site), collector))
    return [(each.ended_at is None, each.ended_why) for each in reversed(kept)]


def told(site: Site) -> list[tuple[str, str, str]]:
    """The titles, texts and addresses of what the people of the school are told."""
    with reading(school_id(site)):
        kept = Notification.objects.filter(school=site).order_by("id")
        return [(each.title, each.text, each.path) for each in kept]


def waiting_at(collector: Collector) -> Site:
    """A school for which something waits to be sent to it."""
    site, sample = school_of(2)
    mark(site, all_present(sample, MONDAY))
    if collector.needs_consent:
        consent(site, collector)
    assert make_submission(site, collector.id, Wanted(Run.MORNING, MONDAY), at=timezone.now())
    return site


def ended_events(site: Site) -> list[Event]:
    """What is on record of consents that were ended at the school."""
    with reading(school_id(site)):
        return list(Event.objects.filter(school_id=site.id, name="consent.ended"))


def tom_of(site: Site) -> Account:
    """Who consented for it."""
    return Account.objects.get(school=site, user__name="Tom Reed")


def state(site: Site) -> tuple[str, str]:
    last = submissions(site)[-1]
    return last.state, last.ending


def test_discontinued_ends_each_schools_consent_and_calls_off_what_waits(database: str) -> None:
    """DS-02. Consent is removed by itself and sending stops, at all schools that gave consent."""
    collector, other = active(), active("other")
    site = waiting_at(collector)
    consent(site, other, by=tom_of(site))
    discontinue(collector)
    assert schools_asked(collector, MONDAY) == [], "nothing is made from the commit on"

    assert end_consents(at=NOW) == 1

    assert consents(site, collector) == [(False, "discontinued")]
    assert consents(site, other) == [(True, "")]
    assert state(site) == ("called-off", "discontinued")
    [ended] = ended_events(site)
    assert (ended.actor_kind, ended.details["why"]) == ("system", "discontinued")
    [(title, text, path)] = told(site)
    assert title == "Daily attendance is discontinued"
    assert NOTICE in text
    assert "Department for Practice is no longer collecting attendance data" in text
    assert path == f"/{site.slug}/data/export/attendance-api-submissions/daily-attendance"
    assert end_consents(at=NOW) == 0
    assert len(told(site)) == 1
    with pytest.raises(InvalidError, match="collects nothing any more"):
        consent(site, Collector.objects.get(id=collector.id), by=tom_of(site))


def test_whoever_asks_for_more_is_sent_nothing_until_consent_is_given_again(database: str) -> None:
    """Issue: widening the data asked for ends consent until it is given again; the school is told in which ways."""
    collector = active(granularity=Granularity.MARGINALS)
    site = waiting_at(collector)
    wider = change(collector, anyway=True, granularity=Granularity.CROSSTAB, window_previous=10)
    assert schools_asked(wider, MONDAY) == []

    assert end_consents(at=NOW) == 1

    assert consents(site, collector) == [(False, "widened")]
    assert state(site) == ("called-off", "consent_removed")
    [ended] = ended_events(site)
    assert (ended.details["why"], len(ended.details["widened"])) == ("widened", 2)
    [(title, text, _)] = told(site)
    assert title == "Daily attendance asks for more"
    assert "each attendance code within each year group" in text
    assert "the 10 working days before it instead of today and the 7 working days before it" in text
    consent(site, wider, by=tom_of(site))
    assert consents(site, collector) == [(False, "widened"), (True, "")]
    assert schools_asked(wider, MONDAY) == [site.id]


def test_whoever_asks_for_less_is_sent_to_as_before(database: str) -> None:
    collector = active()
    site = waiting_at(collector)
    change(collector, window_previous=3)

    assert end_consents(at=NOW) == 0
    assert (consents(site, collector), state(site)) == ([(True, "")], ("waiting", ""))


def test_what_waits_for_a_duty_that_is_discontinued_is_called_off(database: str) -> None:
    collector = active(is_duty=True)
    site = waiting_at(collector)
    assert left_waiting() == []
    discontinue(collector)

    assert end_consents(at=NOW) == 0
    assert state(site) == ("called-off", "discontinued")
    assert left_waiting() == []


@pytest.fixture
def many(database: str) -> tuple[Collector, list[Site]]:
    """A collector to which several schools consent."""
    collector = active()
    sites = [add_school(f"school-{number}") for number in range(6)]
    for site in sites:
        consent(site, collector)
    return collector, sites


def test_who_is_killed_in_between_goes_on_where_they_were(many: tuple[Collector, list[Site]]) -> None:
    """Each school by itself: what is ended is ended with its event and its message, the rest waits for the next run."""
    collector, sites = many
    discontinue(collector)
    done: list[int] = []

    def killed_after_three(number: int, of: int) -> None:
        done.append(number)
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        end_consents(at=NOW, progress=killed_after_three)
    assert len(consents_to_end()) == 3
    assert end_consents(at=NOW, most=2) == 2
    assert end_consents(at=NOW) == 1

    assert done == [1, 2, 3]
    assert [consents(site, collector) for site in sites] == [[(False, "discontinued")]] * 6
    assert [len(told(site)) for site in sites] == [1] * 6
    assert [len(ended_events(site)) for site in sites] == [1] * 6


def test_the_worker_goes_on_where_nobody_else_does(many: tuple[Collector, list[Site]]) -> None:
    collector, sites = many
    discontinue(collector)
    end_consents_that_are_over.defer()

    run_jobs()

    assert consents_to_end() == []
    assert [consents(site, collector) for site in sites] == [[(False, "discontinued")]] * 6


def test_a_school_where_it_fails_does_not_keep_back_the_others(many: tuple[Collector, list[Site]]) -> None:
    collector, sites = many
    discontinue(collector)
    with connections["owner"].cursor() as cursor:
        cursor.execute("create function refuse() returns trigger language plpgsql as 'begin raise ''no''; end'")
        cursor.execute(
            f"create trigger refuse before update on returns_consent for each row "
            f"when (old.school_id = {sites[0].id}) execute function refuse()"
        )

    assert end_consents(at=NOW) == 5
    with connections["owner"].cursor() as cursor:
        cursor.execute("drop function refuse() cascade")
    assert [school for school, _ in consents_to_end()] == [sites[0].id]
    assert end_consents(at=NOW) == 1


@pytest.mark.races
def test_two_who_end_them_at_once_end_each_once(many: tuple[Collector, list[Site]]) -> None:
    collector, sites = many
    discontinue(collector)

    with Racers(2) as racers:
        ended = racers.at_once(*[lambda: end_consents(at=NOW)] * 2)

    assert sum(ended) == 6
    assert [len(told(site)) for site in sites] == [1] * 6
    assert [len(ended_events(site)) for site in sites] == [1] * 6


@pytest.mark.races
def test_no_school_consents_to_what_is_discontinued_meanwhile(database: str) -> None:
    """However they meet: a consent is refused, or was there before and is ended."""
    site = add_school()
    office = office_of(site)

    def give(collector: Collector) -> bool:
        try:
            consent(site, collector, by=office)
        except InvalidError:
            return False
        return True

    def stop(collector: Collector) -> bool:
        discontinue(collector)
        return True

    with Racers(2) as racers:
        for number in range(TIMES):
            collector = active(f"race-{number}")
            given, _ = racers.at_once(partial(give, collector), partial(stop, collector))
            assert end_consents(at=NOW) == given
            assert consents(site, collector) == [(False, "discontinued")] * given


def test_nothing_is_sent_once_it_is_discontinued(database: str, running: Running, collector_side: AtCollector) -> None:
    """Who discontinues waits for what is on its way: it has arrived when that is committed, and nothing follows."""
    collector = add_collector(running)
    sites = [waiting_at(collector) for _ in range(3)]
    collector_side.fault("slow", seconds=1)
    outcomes: list[Outcome | None] = []

    def send(site: Site) -> None:
        at = timezone.now()
        outcomes.append(send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=at))
        connections.close_all()

    sending = Thread(target=send, args=[sites[0]])
    sending.start()
    while not is_held(collector):
        time.sleep(0.01)
    discontinue(collector)
    arrived = [len(collector_side.receipts(str(site.urn))) for site in sites]
    sending.join()
    for site in sites[1:]:
        send(site)
    end_consents(at=NOW)

    assert arrived == [1, 0, 0]
    assert outcomes == [Outcome.RECEIVED, None, None]
    assert [len(collector_side.receipts(str(site.urn))) for site in sites] == [1, 0, 0]
    assert [state(site) for site in sites] == [("received", ""), *[("called-off", "discontinued")] * 2]


def is_held(collector: Collector) -> bool:
    """Whether somebody relies on the collector as it is."""
    with connection.cursor() as cursor:
        cursor.execute(f"select exists ({LOCKS_HERE} and locktype = 'advisory' and mode = 'ShareLock')")
        return bool(cursor.fetchone()[0])


def test_nothing_is_sent_while_it_is_suspended(database: str, running: Running, collector_side: AtCollector) -> None:
    collector = add_collector(running)
    site = waiting_at(collector)
    suspend_collector(collector.id, "They move house.", by=OPERATOR, at=timezone.now())

    assert send_submission(school_id(site), collector.id, ca_file=running.ca_file, at=timezone.now()) is None
    assert state(site) == ("called-off", "suspended")
    assert consents(site, collector) == [(True, "")]
    assert end_consents(at=NOW) == 0


@pytest.mark.races
def test_whoever_discontinues_is_not_kept_waiting_by_those_who_come_after(database: str) -> None:
    """While schools send one after the other there is always one on the way: who comes later waits for the operator."""
    collector = active()
    site = add_school()

    with reading(school_id(site)):
        collector_shared(collector.id)
        operator = Thread(target=in_a_thread, args=[collector])
        operator.start()
        while not is_waited_for():
            time.sleep(0.01)
        with ThreadPoolExecutor(1) as another:
            assert another.submit(is_kept_waiting, collector).result(), "who comes later is let in first"
    operator.join()

    assert Collector.objects.get().is_over


def in_a_thread(collector: Collector) -> None:
    discontinue(collector)
    connections.close_all()


def is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select exists ({LOCKS_HERE} and not granted)")
        return bool(cursor.fetchone()[0])


def is_kept_waiting(collector: Collector) -> bool:
    """Whether somebody who would send now has to wait."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '200ms'")
            collector_shared(collector.id)
    except OperationalError:
        return True
    finally:
        connections.close_all()
    return False
