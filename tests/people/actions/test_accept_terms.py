"""Accepting the terms: each person for themselves, at each site, whenever they change."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from tests.races import TIMES
from tests.world import NOW, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.people.actions.accept_terms import OutdatedTermsError, accept_terms
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.models import Account
from consentry.people.queries.terms import acceptances_of, terms_to_accept
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@pytest.fixture
def asha(database: str) -> Account:
    """Asha's account at Oakfield, where no terms are published yet."""
    site = add_school()
    return account_of(add_person(site), site)


def publish(text: str) -> int:
    return publish_terms(text, by=OPERATOR, at=NOW).number


def at_another_site(account: Account, site: Site) -> Account:
    """An account of the same person."""
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        return add_user(this, site, NewUser(account.user.email, existing=True))


def events_of(account: Account) -> list[tuple[str, dict[str, object]]]:
    with reading(school_id(account.school)):
        found = Event.objects.filter(school_id=account.school_id, name="terms.accepted").order_by("number")
        return [(each.actor_name, each.details) for each in found]


def due(account: Account) -> int | None:
    terms = terms_to_accept(account)
    return terms.number if terms else None


def test_without_a_published_version_there_is_nothing_to_accept(asha: Account) -> None:
    assert due(asha) is None
    with pytest.raises(OutdatedTermsError):
        accept_terms(asha, 1, at=NOW)


def test_each_version_is_accepted_once_and_goes_on_record(asha: Account) -> None:
    """Accepted per person and site on first sign-in and when they change."""
    publish("Be kind.")
    assert due(asha) == 1

    assert accept_terms(asha, 1, at=NOW)
    assert not accept_terms(asha, 1, at=NOW)

    assert due(asha) is None
    publish("Be kind and careful.")
    assert due(asha) == 2
    assert accept_terms(asha, 2, at=NOW)
    assert [each.terms.number for each in acceptances_of(asha)] == [2, 1]
    assert events_of(asha) == [
        ("Asha Patel", {"account": asha.id, "version": 1}),
        ("Asha Patel", {"account": asha.id, "version": 2}),
    ]


def test_they_are_accepted_at_each_site_by_itself(asha: Account) -> None:
    """Accept the terms and conditions when logging into each school site."""
    elsewhere = at_another_site(asha, add_school("elmwood"))
    publish("Be kind.")

    accept_terms(asha, 1, at=NOW)

    assert (due(asha), due(elsewhere)) == (None, 1)


def test_nobody_accepts_what_is_no_longer_in_force(asha: Account) -> None:
    publish("Be kind.")
    publish("Be kind and careful.")

    with pytest.raises(OutdatedTermsError):
        accept_terms(asha, 1, at=NOW)

    assert due(asha) == 2
    assert events_of(asha) == []


def test_a_disabled_account_accepts_nothing(asha: Account) -> None:
    publish("Be kind.")
    with change(actor=OPERATOR, at=NOW, school=school_id(asha.school)) as this:
        asha.enabled = False
        asha.save()
        this.record(EventName.USER_ADDED, asha)

    with pytest.raises(Account.DoesNotExist):
        accept_terms(asha, 1, at=NOW)


@pytest.mark.races
def test_pressed_twice_at_once_it_is_accepted_once(asha: Account) -> None:
    for number in range(1, TIMES + 1):
        publish(f"Rule {number}.")
        start = Barrier(2)

        def press(number: int = number, start: Barrier = start) -> bool:
            try:
                start.wait()
                return accept_terms(asha, number, at=NOW)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            pressed = [pool.submit(press) for _ in range(2)]
        assert sorted(each.result() for each in pressed) == [False, True]
        assert len(events_of(asha)) == number
