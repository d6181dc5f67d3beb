"""A school, its administrator's browser, and an app that the school approves by the connect link."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.test import Client as Browser

from consentry.people.models import User
from consentry.schools.models import Site
from consentry.web.link_request import LinkRequest, code_for
from tests.linking import CALLBACK, VERIFIER, LinkedApp, add_linked_app, asked, challenge_of, signed_in, tokens_for
from tests.world import add_person, add_school

_numbers = count(1)


@dataclass(frozen=True)
class Linked:
    """An app at a school where Asha decides; `elmwood` is another school of hers."""

    app: LinkedApp
    site: Site
    elmwood: Site
    asha: User
    browser: Browser

    def tokens(self) -> dict[str, Any]:
        """The first tokens of a new chain, as the app got them."""
        return tokens_for(self.browser, self.app, self.site)

    def code(self, app: LinkedApp | None = None) -> str:
        """A code for the site, as the consent page gives it to the app."""
        client = (app or self.app).app.application_user
        link = LinkRequest(client, CALLBACK, "", ("records",), challenge_of(VERIFIER), None)
        return asked({"Location": code_for(link, self.site.slug, self.asha)})["code"]


@pytest.fixture(scope="module")
def people(module_database: str) -> tuple[Site, Site, User, Browser]:
    site, elmwood = add_school(), add_school("elmwood")
    asha = add_person(site)
    return site, elmwood, asha, signed_in(asha)


@pytest.fixture
def linked(people: tuple[Site, Site, User, Browser]) -> Linked:
    """The app is this test's own."""
    site, elmwood, asha, browser = people
    return Linked(add_linked_app(f"Timetabler {next(_numbers)}"), site, elmwood, asha, browser)
