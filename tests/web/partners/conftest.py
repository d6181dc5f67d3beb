"""A company that registered, with its people in browsers."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.partners.company_world import joined, registered
from tests.web.conftest import signed_in

from consentry.partners.actions.add_own_app import add_own_app
from consentry.partners.app_details import AppDetails
from consentry.partners.models import App, AppKind, CompanyMember
from consentry.rules.app_life import Category
from consentry.rules.company_roles import CompanyRole

LINK, EMAIL = "https://acme.example/app", "help@acme.example"


def own_app(by: CompanyMember, name: str = "Timetabler", kind: AppKind = AppKind.DIRECT) -> App:
    """An app that this member has added."""
    details = AppDetails(name, "For schools.", Category.TIMETABLING, EMAIL, LINK, ("GB", "IE"), "30 days")
    return add_own_app(details, kind, by=by, at=timezone.now())


@pytest.fixture
def jo(database: str) -> CompanyMember:
    """The Administrator of Acme Ltd."""
    return registered()


@pytest.fixture
def client(jo: CompanyMember) -> Client:
    """Jo's browser."""
    return signed_in(jo.user)


@pytest.fixture
def home(jo: CompanyMember) -> str:
    """The address of the company's pages."""
    return f"/partners/{jo.company_id}"


@pytest.fixture
def app(jo: CompanyMember) -> App:
    return own_app(jo)


@pytest.fixture
def dev(jo: CompanyMember) -> CompanyMember:
    return joined(jo, CompanyRole.DEVELOPER)


@pytest.fixture
def reader(jo: CompanyMember) -> CompanyMember:
    return joined(jo, CompanyRole.READER, "rita@acme.example", "Rita Moss")
