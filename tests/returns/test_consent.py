"""A school's consent: who gives and removes it, to what, and what is on record of it."""

from datetime import date
from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.people.actions.add_calendar_entry import add_calendar_entry
from consentry.people.actions.add_roles import ATTENDANCE_OFFICER
from consentry.people.models import Account
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.remove_consent import remove_consent
from consentry.returns.models import Collector, Consent
from consentry.returns.queries.consents import consents_of, open_consent
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError
from consentry.rules.return_runs import Run
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.rules.submission_life import ConsentEnd, Ending, SubmissionState
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from tests.returns.a_collector import add_collector, changed
from tests.returns.a_school import MONDAY, office_of, school_of, submissions
from tests.world import NOW, account_of, add_person, add_school


@pytest.fixture
def collector(database: str) -> Collector:
    return add_collector()


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def tom(site: Site) -> Account:
    return office_of(site)


def give(site: Site, collector: Collector, by: Account, **said: Any) -> Consent:
    return give_consent(site, collector.id, version=said.get("version", collector.version), by=by, at=NOW)


def events(site: Site, *names: EventName) -> list[tuple[str, dict[str, Any]]]:
    with reading(school_id(site)):
        found = Event.objects.filter(school_id=site.id, name__in=names).order_by("id")
        return [(each.name, each.details) for each in found]


def test_who_holds_the_permission_gives_and_removes_it(site: Site, collector: Collector, tom: Account) -> None:
    """DS-04, DS-15. On record with who and when."""
    given = give(site, collector, tom)
    remove_consent(site, collector, by=tom, at=NOW)

    with reading(school_id(site)):
        [kept] = consents_of(school_id(site), collector)
    assert (kept.id, kept.given_name, kept.given_at) == (given.id, "Tom Reed", NOW)
    assert (kept.ended_name, kept.ended_at, kept.ended_why) == ("Tom Reed", NOW, ConsentEnd.REMOVED)
    assert events(site, EventName.CONSENT_GIVEN, EventName.CONSENT_REMOVED) == [
        ("consent.given", {"collector": "daily-attendance", "version": 1}),
        ("consent.removed", {"collector": "daily-attendance"}),
    ]


def test_it_needs_the_permission(site: Site, collector: Collector, tom: Account) -> None:
    """DS-03. "Data Returns: Administer"; a permission about registers is not enough."""
    ola = account_of(add_person(site, "Ola Berg", ATTENDANCE_OFFICER), site)
    with pytest.raises(NotPermittedError, match="Data Returns: Administer"):
        give(site, collector, ola)
    give(site, collector, tom)
    with pytest.raises(NotPermittedError, match="Data Returns: Administer"):
        remove_consent(site, collector, by=ola, at=NOW)
    with pytest.raises(NotPermittedError, match="Data Returns: Administer"):
        make_submission(site, collector.id, Wanted(Run.BY_HAND, MONDAY, ola), at=NOW)


def test_it_is_given_once_and_removed_once(site: Site, collector: Collector, tom: Account) -> None:
    give(site, collector, tom)
    with pytest.raises(InvalidError, match="given consent already"):
        give(site, collector, tom)
    remove_consent(site, collector, by=tom, at=NOW)
    with pytest.raises(InvalidError, match="gives no consent"):
        remove_consent(site, collector, by=tom, at=NOW)
    assert give(site, collector, tom).ended_at is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"status": "discontinued"}, "collects nothing any more"),
        ({"jurisdiction": "scotland"}, "does not ask this school"),
        ({"legal_basis": "duty"}, "needs no consent"),
        ({"version": 2}, "has changed since you opened the page"),
    ],
)
def test_there_must_be_something_to_consent_to(
    site: Site, collector: Collector, tom: Account, said: dict[str, Any], why: str
) -> None:
    """DS-01."""
    changed(collector, **said)

    with pytest.raises(InvalidError, match=why):
        give(site, collector, tom)


def test_a_dummy_site_has_nothing_to_send(collector: Collector) -> None:
    dummy = add_school("dummy", life=Life.DUMMY)

    with pytest.raises(InvalidError, match="pupils are invented"):
        give(dummy, collector, office_of(dummy))


def test_consent_to_less_is_over_and_can_be_given_anew(site: Site, collector: Collector, tom: Account) -> None:
    """Asking for more ends consent until it is given again, also before the job has come to end it."""
    give(site, collector, tom)
    wider = changed(collector, version=2, consent_from=2)

    again = give(site, wider, tom)

    with reading(school_id(site)):
        kept = open_consent(school_id(site), wider)
        assert kept is not None
        assert (kept.id, kept.version) == (again.id, 2)
        assert [each.ended_why for each in consents_of(school_id(site), wider)] == ["", ConsentEnd.WIDENED]


def test_what_was_made_under_the_consent_to_less_is_not_sent_under_the_new_one(collector: Collector) -> None:
    """Asking for more in one way and for less in another: what waits tells what nobody consents to any more."""
    site, _ = school_of(1)
    tom = office_of(site)
    give(site, collector, tom)
    assert make_submission(site, collector.id, Wanted(Run.BY_HAND, MONDAY, tom), at=NOW)

    give(site, changed(collector, version=2, consent_from=2, granularity="marginals", window_previous=9), tom)

    [made_before] = submissions(site)
    assert (made_before.state, made_before.ending) == (SubmissionState.CALLED_OFF, Ending.CONSENT_REMOVED)


def test_a_suspended_collector_can_be_consented_to(site: Site, collector: Collector, tom: Account) -> None:
    assert give(site, changed(collector, status="suspended"), tom).ended_at is None


def test_in_the_holidays_there_is_nothing_to_send(collector: Collector) -> None:
    """But a person who asks is answered."""
    site, _ = school_of(2)
    tom = office_of(site)
    term = CalendarEntry(EntryKind.TERM, date(2025, 9, 1), date(2025, 10, 1), name="Autumn")
    add_calendar_entry(site, term, by=OPERATOR, at=NOW)
    give(site, collector, tom)

    assert make_submission(site, collector.id, Wanted(Run.MORNING, MONDAY), at=NOW) is None
    assert make_submission(site, collector.id, Wanted(Run.BY_HAND, MONDAY, tom), at=NOW) is not None
