"""Signing in and forgotten passwords, as somebody means harm."""

from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from consentry.people.models import User
from tests.world import PASSWORD, add_person, add_school

FEW, MANY = 5, 30


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def sign_in(email: str, password: str, **sent: Any) -> bool:
    """Whether this password lets somebody in; `sent` are the headers and the caller's address."""
    return Client().post("/accounts/login/", {"login": email, "password": password}, **sent).status_code == 302


def guess(email: str, times: int, **sent: Any) -> list[str]:
    """The pages that a guesser sees, one after the other."""
    wrong = {"login": email, "password": "wrong-again"}
    return [Client().post("/accounts/login/", wrong, **sent).content.decode() for _ in range(times)]


def is_slowed(pages: list[str]) -> bool:
    """Whether the last page tells to come back later."""
    return "Too many failed login attempts" in pages[-1]


def test_a_link_to_set_a_password_leads_to_the_configured_address(
    asha: User, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1"])

    Client().post("/accounts/password/reset/", {"email": asha.email}, HTTP_HOST="127.0.0.1:6666")

    (mail,) = mailoutbox
    assert f"{settings.CONFIG.base_url}/accounts/password/reset/key/" in mail.body
    assert "6666" not in f"{mail.subject} {mail.body}"


def test_an_unknown_address_gets_no_mail_and_the_same_page(asha: User, mailoutbox: list[EmailMessage]) -> None:
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (asha.email, "nobody@example.org")
    )

    assert known.content == unknown.content
    assert [mail.to for mail in mailoutbox] == [[asha.email]]


def test_a_few_wrong_passwords_do_not_shut_the_owner_out(asha: User) -> None:
    for _ in range(2):
        assert not is_slowed(guess(asha.email, FEW))

    assert sign_in(asha.email, PASSWORD)


def test_many_guesses_from_one_address_are_slowed_down_and_nobody_elsewhere(asha: User) -> None:
    others = [f"person{number}@example.org" for number in range(MANY)]

    pages = [guess(email, 1)[0] for email in others]

    assert "Too many" in pages[-1] or "429" in pages[-1]
    assert sign_in(asha.email, PASSWORD, REMOTE_ADDR="192.0.2.7")


def test_many_guesses_at_one_person_are_slowed_down_from_wherever_they_come(
    asha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1"])
    pages = [
        guess(asha.email, 1, REMOTE_ADDR=f"192.0.2.{number}", HTTP_HOST=f"127.0.0.1:{9000 + number}")[0]
        for number in range(MANY)
    ]

    assert not is_slowed(pages[:FEW])
    assert is_slowed(pages)
