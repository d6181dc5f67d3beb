"""A school that is linked to the SAML provider, for the tests of what it lets in and what it does not."""

from collections.abc import Iterator

import pytest

from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.provider_details import SamlDetails
from tests.project.sign_in.conftest import SsoSchool
from tests.project.sign_in.saml_provider import ENTITY, SamlProvider, pair, running
from tests.world import NOW

ASHA = "asha@oakfield.example"
SAML = "oakfield-saml-1"


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
