"""Signing in by a password and forgotten passwords, as somebody means harm."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.mail import EmailMessage
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from consentry.people.actions.ask_own_link import NOBODY, ask_own_link
from consentry.people.models import Session, User
from tests.jobs import run_jobs
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
    return "Too many failed tries" in pages[-1]


def test_a_link_to_set_a_password_leads_to_the_configured_address(
    asha: User, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1"])

    Client().post("/accounts/password/reset/", {"email": asha.email.upper()}, HTTP_HOST="127.0.0.1:6666")
    run_jobs()

    (mail,) = mailoutbox
    assert mail.to == [asha.email]
    assert f"{settings.CONFIG.base_url}/accounts/password/reset/key/" in mail.body
    assert "6666" not in f"{mail.subject} {mail.body}"


def test_an_unknown_address_gets_no_mail_and_the_same_page_for_the_same_work(
    asha: User, mailoutbox: list[EmailMessage]
) -> None:
    """Issue: same answer and timing for unknown users. A job sends the mail, which takes a while."""
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (asha.email, "nobody@example.org")
    )

    assert known.content == unknown.content
    assert mailoutbox == []
    assert [job.args for job in ProcrastinateJob.objects.order_by("id")] == [{"user": asha.id}, {"user": NOBODY}]
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[asha.email]]


def test_who_is_disabled_gets_no_link(asha: User, mailoutbox: list[EmailMessage]) -> None:
    User.objects.filter(id=asha.id).update(is_active=False)
    ask_own_link(asha)
    run_jobs()

    assert mailoutbox == []


def test_a_link_works_for_96_hours() -> None:
    """Issue: welcome link valid 96 hours."""
    assert settings.PASSWORD_RESET_TIMEOUT == 96 * 3600


@pytest.mark.parametrize("email", ["asha.patel@example.org", "nobody@example.org"])
@pytest.mark.parametrize("password", [PASSWORD, "wrong-again"])
def test_a_password_is_hashed_once_whether_or_not_somebody_has_the_email(
    asha: User, monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    """Issue: same timing for unknown users."""
    hashed: list[str] = []
    hashing = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, given: str, salt: str) -> str:
        hashed.append(given)
        return hashing(hasher, given, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    sign_in(email, password)

    assert hashed == [password]


def test_the_page_says_the_same_of_a_wrong_password_and_of_nobody(asha: User) -> None:
    known, unknown = (
        Client().post("/accounts/login/", {"login": email, "password": "wrong-again"}).content.decode()
        for email in (asha.email, "asha.pateI@example.org")
    )

    assert without_what_was_typed(known) == without_what_was_typed(unknown)


def without_what_was_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_a_new_password_ends_the_other_sessions_and_not_this_one(asha: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/accounts/login/", {"login": asha.email, "password": PASSWORD})
    key = here.cookies["session"].value

    new = "another-calm-harbour"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", sent).status_code == 302

    assert here.get("/oakfield/").status_code == 200
    assert here.cookies["session"].value != key
    assert elsewhere.get("/oakfield/").status_code == 302
    assert Session.objects.filter(user=asha).count() == 1


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
