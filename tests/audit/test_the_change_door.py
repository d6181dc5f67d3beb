"""Nothing changes without an event that says so: both are committed, or neither."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import DatabaseError, connections, transaction

from consentry.audit.actor import OPERATOR, Actor, ActorKind
from consentry.audit.change import ChangeWithoutEventError, OutsideChangeError, change
from consentry.audit.models import Event, EventChain
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.partners.models import Company
from consentry.rules.identity import PLATFORM
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("module_database")


@pytest.fixture
def name() -> str:
    """A company's name that no other test has."""
    return f"Acme {next(_numbers)}"


_numbers = count(1)


def a_company(name: str) -> Company:
    return Company(
        name=name,
        contact_name="Jo",
        contact_email="jo@acme.example",
        website="https://acme.example",
        privacy_notice="https://acme.example/privacy",
        added_at=NOW,
    )


def add(name: str) -> Company:
    company = a_company(name)
    with change(actor=OPERATOR, at=NOW, school=None) as this:
        company.save()
        this.record(EventName.COMPANY_ADDED, company, note="by hand")
    return company


def is_there(name: str) -> bool:
    return Company.objects.filter(name=name).exists()


def events(name: str) -> list[Event]:
    with reading(None):
        return list(Event.objects.filter(subject_name=name).order_by("number"))


def length_of_chain() -> int:
    with reading(None):
        return sum(EventChain.objects.filter(school_id=PLATFORM).values_list("length", flat=True))


def test_a_change_and_its_event_are_committed_together(name: str) -> None:
    company = a_company(name)
    with change(actor=Actor(ActorKind.USER, 7, "Asha Patel"), at=NOW, school=None) as this:
        company.save()
        this.record(EventName.COMPANY_ADDED, company, note="by hand")

    (event,) = events(name)
    assert (event.name, event.at, event.school_id, event.number) == ("company.added", NOW, 0, length_of_chain())
    assert (event.actor_kind, event.actor_id, event.actor_name) == ("user", 7, "Asha Patel")
    assert (event.subject_type, event.subject_id, event.subject_name) == ("Company", company.id, name)
    assert event.details == {"note": "by hand"}


def test_a_change_that_records_nothing_is_rolled_back(name: str) -> None:
    with pytest.raises(ChangeWithoutEventError), change(actor=OPERATOR, at=NOW, school=None):
        a_company(name).save()

    assert not is_there(name)


def test_a_change_that_fails_leaves_neither_rows_nor_events(name: str) -> None:
    def save_and_stumble() -> None:
        with change(actor=OPERATOR, at=NOW, school=None) as this:
            company = a_company(name)
            company.save()
            this.record(EventName.COMPANY_ADDED, company)
            raise LookupError

    before = length_of_chain()
    with pytest.raises(LookupError):
        save_and_stumble()

    assert (is_there(name), events(name), length_of_chain()) == (False, [], before)


def test_where_events_cannot_be_written_nothing_is_changed(name: str) -> None:
    before = length_of_chain()
    with connections["owner"].cursor() as owner:
        owner.execute("alter table audit_event add constraint broken check (name <> 'company.added') not valid")
    try:
        with pytest.raises(DatabaseError):
            add(name)
    finally:
        with connections["owner"].cursor() as owner:
            owner.execute("alter table audit_event drop constraint broken")

    assert (is_there(name), length_of_chain()) == (False, before)


def test_a_change_cannot_be_nested_in_a_change(name: str) -> None:
    with pytest.raises(RuntimeError), change(actor=OPERATOR, at=NOW, school=None):
        add(name)

    assert not is_there(name)


def test_a_change_cannot_hide_in_another_transaction(name: str) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        add(name)

    assert not is_there(name)


def test_the_door_is_shut_again_after_a_change(name: str) -> None:
    company = add(name)

    with pytest.raises(OutsideChangeError):
        company.save()


WRITES: dict[str, Callable[[Company], object]] = {
    "save": lambda company: company.save(),
    "delete": lambda company: company.delete(),
    "create": lambda _: Company.objects.create(name="Other"),
    "get_or_create": lambda _: Company.objects.get_or_create(name="Other"),
    "update_or_create": lambda company: Company.objects.update_or_create(name=company.name, defaults={"website": "x"}),
    "queryset update": lambda company: Company.objects.filter(id=company.id).update(name="Changed"),
    "queryset delete": lambda company: Company.objects.filter(id=company.id).delete(),
    "bulk_create": lambda _: Company.objects.bulk_create([a_company("Other")]),
    "bulk_update": lambda company: Company.objects.bulk_update([company], ["name"]),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_guarded_rows_are_not_written_outside_a_change(name: str, write: Callable[[Company], object]) -> None:
    company = add(name)

    with pytest.raises(OutsideChangeError):
        write(company)

    assert is_there(name)
    assert not is_there("Other")


def test_inside_a_change_rows_are_written_in_every_way(name: str) -> None:
    company = add(name)
    with change(actor=OPERATOR, at=NOW, school=None) as this:
        Company.objects.bulk_create([a_company("Second")])
        Company.objects.filter(name="Second").update(contact_name="Bo")
        company.contact_name = "Bo"
        Company.objects.bulk_update([company], ["contact_name"])
        assert Company.objects.filter(contact_name="Bo").count() == 2
        Company.objects.filter(name="Second").delete()
        this.record(EventName.COMPANY_ADDED, company)
        company.delete()

    assert not is_there(name)
    assert len(events(name)) == 2


def test_the_time_of_an_event_is_the_time_that_was_given(name: str) -> None:
    at = datetime(2020, 2, 29, 23, 59, 59, 123456, tzinfo=UTC)
    company = a_company(name)
    with change(actor=OPERATOR, at=at, school=None) as this:
        company.save()
        this.record(EventName.COMPANY_ADDED, company)

    assert events(name)[0].at == at
