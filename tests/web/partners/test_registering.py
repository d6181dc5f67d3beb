"""From a company's first visit: a mailed link proves an address, and the company waits for the operator."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.web.conftest import signed_in
from tests.world import add_person, add_school

from consentry.audit.models import Event
from consentry.partners.actions.mail_company_links import mail_company_links
from consentry.partners.models import Company, CompanyInvitation, CompanyMember
from consentry.partners.queries.links import VALID_FOR
from consentry.people.models import User

EMAIL = "jo@acme.example"
TYPED = {
    "name": "Acme Ltd",
    "website": "https://acme.example",
    "contact_name": "Jo Bell",
    "contact_email": "help@acme.example",
    "protection_contact_name": "Ada Finch",
    "protection_contact_email": "dpo@acme.example",
    "privacy_notice": "https://acme.example/privacy",
    "processing_agreement": "https://acme.example/dpa",
}
PERSON = {"person_name": "Jo Bell", "password": "calm-register-harbour"}


@pytest.fixture(autouse=True)
def _nothing_counted(database: str) -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def mailed() -> list[str]:
    """The paths of the links that are mailed now."""
    before = len(mail.outbox)
    mail_company_links(base_url="https://consentry.example", at=timezone.now())
    found = [
        re.search(r"https://consentry.example(/partners/join/\S+)", str(each.body)) for each in mail.outbox[before:]
    ]
    return [each[1] for each in found if each]


def link_to(client: Client, email: str = EMAIL) -> str:
    """The path of the link that this address is mailed."""
    assert client.post("/partners/register", {"email": email}).status_code == 200
    (path,) = mailed()
    return path


def test_a_company_is_registered_by_a_mailed_link_and_waits_for_the_operator(client: Client) -> None:
    """Issue: register a company with verified e-mail."""
    path = link_to(client)
    assert "Choose a password" in client.get(path).text

    answer = client.post(path, TYPED | PERSON)

    company = Company.objects.get()
    member = CompanyMember.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/partners/{company.id}/"
    assert (company.state, company.protection_contact_email) == ("waiting", "dpo@acme.example")
    assert (member.company, member.user.email, member.role) == (company, EMAIL, "administrator")
    told = Event.objects.filter(school_id=0, name__in=["member.joined", "company.registered"])
    assert {each.actor_name for each in told} == {"Jo Bell of Acme Ltd"}


def test_who_registered_signs_in_and_sees_the_company_without_any_site(client: Client) -> None:
    client.post(link_to(client), TYPED | PERSON)

    client.post("/accounts/login/", {"login": EMAIL, "password": PERSON["password"]})

    company = Company.objects.get()
    assert "Acme Ltd" in client.get(f"/partners/{company.id}/").text
    assert "Acme Ltd" in client.get("/").text
    assert "Your role: Administrator" in client.get("/partners/").text


def test_the_answer_is_the_same_for_every_address(client: Client) -> None:
    person = add_person(add_school())

    answers = [client.post("/partners/register", {"email": email}).text for email in (EMAIL, person.email)]

    assert answers[0] == answers[1].replace(person.email, EMAIL)
    assert len(mailed()) == 2


def test_a_link_works_once(client: Client) -> None:
    path = link_to(client)
    client.post(path, TYPED | PERSON)

    again = client.post(path, TYPED | PERSON | {"name": "Another Ltd"})

    assert again.status_code == 404
    assert "works no longer" in again.text
    assert Company.objects.count() == 1


def test_a_link_works_for_96_hours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = link_to(client)
    asked = CompanyInvitation.objects.get()
    assert asked.expires_at - asked.made_at == VALID_FOR == timedelta(hours=96)

    monkeypatch.setattr("django.utils.timezone.now", lambda: asked.expires_at)

    assert client.get(path).status_code == 404


def test_the_key_of_a_link_is_kept_nowhere(client: Client) -> None:
    key = link_to(client).rpartition("/")[2]

    kept = CompanyInvitation.objects.get()

    assert key.encode() not in bytes(kept.key_hash or b"")
    assert not [event for event in Event.objects.all() if key in str(event.details)]


def test_who_signs_in_already_signs_in_and_keeps_their_password(client: Client) -> None:
    person = add_person(add_school())
    path = link_to(client, person.email)
    assert "Sign in first" in client.get(path).text
    assert "Sign in first" in client.post(path, TYPED | PERSON).text
    assert not Company.objects.exists()

    own = signed_in(person)
    assert "Choose a password" not in own.get(path).text
    own.post(path, TYPED)

    assert CompanyMember.objects.get().user == person
    assert User.objects.filter(email__iexact=person.email).count() == 1


def test_somebody_else_who_is_signed_in_cannot_use_the_link(client: Client) -> None:
    site = add_school()
    asha, tom = add_person(site), add_person(site, "Tom Reed")
    path = link_to(client, asha.email)

    answer = signed_in(tom).post(path, TYPED)

    assert "signed in as somebody else" in answer.text
    assert not Company.objects.exists()


WRONG = [
    ({"name": ""}, "Enter the name of the company."),
    ({"name": "Ac\u202eme"}, "cannot be seen"),
    ({"name": "a" * 201}, "at most 200 characters"),
    ({"website": "http://acme.example"}, "Website is not an address that begins with https://"),
    ({"privacy_notice": "javascript:alert(1)"}, "Privacy notice is not an address"),
    ({"processing_agreement": "ftp://acme.example"}, "Data processing agreement is not an address"),
    ({"contact_email": "jo at acme"}, "Email for schools is not an email address"),
    ({"protection_contact_name": "A\0B"}, "Null characters"),
    ({"password": "short"}, "at least 12 characters"),
    ({"password": "jo@acme.example"}, "too similar"),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, typed: dict[str, str], said: str
) -> None:
    path = link_to(client)

    answer = client.post(path, TYPED | PERSON | typed)

    assert answer.status_code == 200
    assert said in answer.text
    assert "Ada Finch" in answer.text or "protection_contact_name" in typed
    assert not Company.objects.exists()
    assert client.get(path).status_code == 200


def test_two_companies_never_have_one_name_whatever_its_capitals(client: Client) -> None:
    client.post(link_to(client), TYPED | PERSON)
    path = link_to(client, "sam@other.example")

    answer = client.post(path, TYPED | PERSON | {"name": "ACME ltd"})

    assert "There is a company called ACME ltd already." in answer.text
    assert Company.objects.count() == 1


def test_an_address_is_mailed_only_so_many_links(client: Client) -> None:
    for _ in range(5):
        assert client.post("/partners/register", {"email": EMAIL}).status_code == 200

    answer = client.post("/partners/register", {"email": EMAIL.upper()})

    assert answer.status_code == 429
    assert EMAIL.upper() in answer.text
    assert len(mailed()) == 5


NO_ADDRESS = ["", "no address", "a@b.example\nBcc: c@d.example", "a\0@b.example", "a" * 300 + "@b.example"]
OTHER_LETTERS_IN_CAPITALS = ["\u0130" * 240 + "@b.example", "a@" + "\u0130" * 60 + ".example", "\u017fam@b.example"]


@pytest.mark.parametrize("email", NO_ADDRESS + OTHER_LETTERS_IN_CAPITALS)
def test_what_is_no_address_is_mailed_nothing(client: Client, email: str) -> None:
    answer = client.post("/partners/register", {"email": email})

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert mailed() == []


@pytest.mark.parametrize("path", ["/partners", "/partners/", "/partners/register"])
def test_the_first_pages_are_for_everybody(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)

    assert answer.status_code == 200
    assert "register" in answer.text.lower()


@pytest.mark.parametrize("key", ["x", "%00", "ü" * 200, "a/b"])
def test_a_link_that_never_was_leads_nowhere(client: Client, key: str) -> None:
    assert client.get(f"/partners/join/{key}").status_code in {400, 404}
