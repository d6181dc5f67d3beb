"""A school that is linked to the SAML provider, for the tests of what it lets in and what it does not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount

from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.provider_details import SamlDetails
from tests.project.sign_in.conftest import SsoSchool
from tests.project.sign_in.saml_provider import ENTITY, SamlBrowser, SamlProvider, Says, pair, running
from tests.world import NOW

ASHA = "asha@oakfield.example"
SAML = "oakfield-saml-1"
STALE = "This sign-in is no longer good"
UNTRUSTED = "We could not trust what Oak Learning said"
HEAD = "/accounts/sso/oakfield-saml-1/saml/"


@pytest.fixture(scope="module")
def server() -> Iterator[SamlProvider]:
    with running() as provider:
        yield provider


@pytest.fixture
def idp(server: SamlProvider) -> SamlProvider:
    server.people.clear()
    server.change = lambda _says: None
    server.spoil = lambda answer: answer
    server.knows("p-1", email=ASHA)
    return server


def link(
    school: SsoSchool, idp: SamlProvider, *, entity: str = ENTITY, certificates: str = "", attribute: str = "email"
) -> str:
    """The school's SAML provider, set up; its name."""
    pem = certificates or pair("oakfield-idp").certificate
    details = SamlDetails(entity, f"{idp.base}/sso", pem, attribute, "Oak Learning")
    return set_identity_provider(school.site, details, by=school.account, at=NOW).slug


@pytest.fixture
def school(oakfield: SsoSchool, idp: SamlProvider) -> SsoSchool:
    assert link(oakfield, idp) == SAML
    return oakfield


def not_let_in(school: SsoSchool, said: str, status: int) -> None:
    """Nobody gets in, nothing is linked, kept or told of."""
    browser = SamlBrowser()
    answer = browser.sign_in(SAML, "p-1")
    assert (answer.status_code, said in answer.content.decode()) == (status, True), answer.content.decode()
    assert not browser.is_signed_in
    assert not SocialAccount.objects.exists()
    assert school.outcomes() == []


def changed(**values: Any) -> Callable[[Says], None]:
    def change(says: Says) -> None:
        for name, value in values.items():
            assert hasattr(says, name)
            setattr(says, name, value)

    return change
