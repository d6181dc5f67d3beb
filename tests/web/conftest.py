"""A school with two people and an app that asks, a trust with two schools, and a browser for each person."""

from dataclasses import dataclass

import pytest
from django.test import Client
from tests.world import add_app, add_person, add_school, add_trust, ask, give_schools

from consentry.connections.models import Connection
from consentry.people.actions.add_roles import OFFICE, TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.models import User
from consentry.schools.models import Life, Site


@dataclass
class Oakfield:
    """What most tests of pages look at: Asha may decide on apps, Tom may not."""

    site: Site
    asha: User
    tom: User
    connection: Connection


def signed_in(user: User) -> Client:
    """A client in which this person is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def oakfield(database: str) -> Oakfield:
    site = add_school()
    asha, tom = add_person(site), add_person(site, "Tom Reed", OFFICE)
    return Oakfield(site, asha, tom, ask(add_app(), site))


@pytest.fixture
def asha(oakfield: Oakfield) -> Client:
    return signed_in(oakfield.asha)


@pytest.fixture
def tom(oakfield: Oakfield) -> Client:
    return signed_in(oakfield.tom)


@dataclass
class Rivers:
    """A trust with two schools; Noah administers it and reaches both, Ivy is of its staff and reaches Oakfield."""

    trust: Site
    oakfield: Site
    brook: Site
    noah: User
    ivy: User


@pytest.fixture
def rivers(database: str) -> Rivers:
    trust = add_trust("two-rivers", "Two Rivers Trust")
    oakfield = add_school(trust=trust)
    brook = add_school("brook-lane", "Brook Lane School", life=Life.DUMMY, trust=trust)
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    ivy = add_person(trust, "Ivy Stone", TRUST_STAFF)
    give_schools(noah, trust)
    give_schools(ivy, trust, oakfield)
    return Rivers(trust, oakfield, brook, noah, ivy)


@pytest.fixture
def noah(rivers: Rivers) -> Client:
    return signed_in(rivers.noah)
