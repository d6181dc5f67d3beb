"""A company whose developer writes what its app asks for: who may write, who may look, and their browsers."""

from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory
from tests.world import READ, STUDENTS, add_app, add_person, add_school
from tests.world_partners import acts_for

from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.models import App, CompanyMember
from consentry.partners.queries.drafts import Drafted, drafted
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole

STAFF: dict[str, Any] = {
    "whole": "some",
    "fields_asked": ["person", "staffNumber"],
    "actions": ["read"],
    "reason": "To print the cover list",
    "need": "optional",
}
WITH_REASON = AskedRow(STUDENTS.data_type, STUDENTS.fields, READ, "To print the register")


def with_factor(user: User) -> Client:
    """A browser in which this person has signed in and used a second factor."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    asked = RequestFactory().get("/")
    asked.session = client.session
    for method in ("password", "mfa"):
        record_authentication(asked, user, method)
    asked.session.save()
    return client


@dataclass
class Acme:
    """Acme with its app Timetabler, of which version 1 is published."""

    app: App
    dev: CompanyMember
    reader: CompanyMember

    @property
    def page(self) -> str:
        """The address of what Timetabler asks for."""
        return f"/partners/{self.app.company_id}/apps/{self.app.id}/permission-set"

    def draft(self) -> Drafted:
        """The draft as it stands."""
        return drafted(self.app)

    def seen(self) -> dict[str, int]:
        """What a form carries that was opened now."""
        seen = self.draft().seen
        return {"edition": seen.edition, "version": seen.version}


def acme(app: App | None = None) -> Acme:
    """The company of this app with two people, who have an account at a school that plays no part."""
    made = app or add_app(rows=[WITH_REASON])
    home = add_school(f"home-of-{made.application_user[-8:]}")
    people = [add_person(home, "Dev Rao"), add_person(home, "Rea Bond")]
    roles = (CompanyRole.DEVELOPER, CompanyRole.READER)
    members = [acts_for(made.company, user, role) for user, role in zip(people, roles, strict=True)]
    return Acme(made, *members)


@pytest.fixture
def company(database: str) -> Acme:
    return acme()


@pytest.fixture
def dev(company: Acme) -> Client:
    return with_factor(company.dev.user)


def save(client: Client, company: Acme, data_type: str = "Staff", /, **other: Any) -> Any:
    """Send the form of this row as it was opened just now; `other` replaces parts."""
    return client.post(f"{company.page}/rows/{data_type}", STAFF | company.seen() | other)
