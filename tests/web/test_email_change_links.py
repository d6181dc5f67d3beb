"""The links that confirm a change of e-mail, as their readers see them: nobody has to be signed in."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from tests.people.staffroom import at_site
from tests.web.conftest import Oakfield
from tests.world import add_person

from consentry.people.actions.ask_email_change import ask_email_change
from consentry.people.actions.mail_email_changes import mail_email_changes
from consentry.people.models import User

NEW = "tom@example.com"


@pytest.fixture
def links(oakfield: Oakfield) -> dict[str, str]:
    """The paths that were mailed, by address."""
    account, at = at_site(oakfield.tom, oakfield.site), timezone.now()
    ask_email_change(oakfield.site, account.id, NEW, by=account, at=at)
    mail_email_changes(base_url="https://consentry.example.org", at=at)
    found = {each.to[0]: re.search(r"example\.org(/accounts/email-change/\S+)", str(each.body)) for each in mail.outbox}
    return {address: match[1] for address, match in found.items() if match}


def email_of(oakfield: Oakfield) -> str:
    return User.objects.get(id=oakfield.tom.id).email


def test_opening_a_link_only_shows_what_will_happen(links: dict[str, str], oakfield: Oakfield) -> None:
    """A mail program that opens every link must change nothing."""
    for _ in range(2):
        for path in links.values():
            shown = Client().get(path)
            assert shown.status_code == 200
            assert NEW in shown.content.decode()
    assert "tom.reed@example.org" not in Client().get(links[NEW]).content.decode(), "the new address learns no other"
    assert email_of(oakfield) == "tom.reed@example.org"


def test_the_two_buttons_change_the_email(links: dict[str, str], oakfield: Oakfield) -> None:
    old = Client().post(links["tom.reed@example.org"]).content.decode()
    assert "This address has confirmed" in old
    assert "confirmed already" in Client().get(links["tom.reed@example.org"]).content.decode()

    assert "Your email is changed" in Client().post(links[NEW]).content.decode()
    assert email_of(oakfield) == NEW
    for path in links.values():
        again = Client().post(path)
        assert (again.status_code, "This link works no longer" in again.content.decode()) == (404, True)


def test_either_reader_calls_it_off(links: dict[str, str], oakfield: Oakfield) -> None:
    assert "called off" in Client().post(links[NEW], {"cancel": "1"}).content.decode()
    assert Client().get(links["tom.reed@example.org"]).status_code == 404
    assert email_of(oakfield) == "tom.reed@example.org"


def test_an_address_taken_meanwhile_is_not_said_to_be_anybodys(links: dict[str, str], oakfield: Oakfield) -> None:
    add_person(oakfield.site, "Other Tom", None, email=NEW)
    Client().post(links[NEW])

    said = Client().post(links["tom.reed@example.org"]).content.decode()

    assert "the new one cannot be used to sign in" in said
    assert "Other Tom" not in said


def test_when_the_old_address_cannot_be_told_the_page_says_so(links: dict[str, str], oakfield: Oakfield) -> None:
    Client().post(links[NEW])
    away = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(**away):
        answer = Client().post(links["tom.reed@example.org"])

    assert answer.status_code == 409
    assert "Nothing was changed" in answer.content.decode()
    assert email_of(oakfield) == "tom.reed@example.org"


@pytest.mark.parametrize("key", ["x", "%F0%9F%92%A9", "x" * 5000, "..", "a%20b", "'%22"])
def test_a_made_up_link_is_a_dead_one(database: str, key: str) -> None:
    for answer in (Client().get(f"/accounts/email-change/{key}"), Client().post(f"/accounts/email-change/{key}")):
        assert answer.status_code == 404


def test_the_pages_are_not_cached_and_tell_no_other_site_the_link(links: dict[str, str]) -> None:
    answer = Client().get(links[NEW])

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert Client(enforce_csrf_checks=True).post(links[NEW]).status_code == 403
