"""A school with two people and an app that asks to be connected, and a browser-like client for each person."""

from dataclasses import dataclass

import pytest
from django.test import Client
from tests.world import add_app, add_person, add_school, ask

from consentry.connections.models import Connection
from consentry.people.actions.add_roles import OFFICE
from consentry.people.models import User
from consentry.schools.models import Site


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
