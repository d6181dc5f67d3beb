"""The pages and the mail about one's own password speak as our other pages do."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from tests.jobs import run_jobs
from tests.web.conftest import Oakfield


def test_a_new_password_is_asked_for_in_sentence_case_and_can_be_left(asha: Client) -> None:
    page = asha.get("/accounts/password/change/").text

    assert "<h1>Change your password</h1>" in page
    for label in ("Current password", "New password", "New password (again)"):
        assert f">{label}</label>" in page
    assert "Cancel</a>" in page
    assert "Change Password" not in page


def test_who_signed_in_a_while_ago_is_asked_in_our_words(asha: Client) -> None:
    page = asha.get("/accounts/reauthenticate/").text

    assert "<h1>Confirm that it is you</h1>" in page
    assert "Confirm Access" not in page
    assert "Cancel</a>" in page


def test_the_mail_says_what_to_do_how_long_it_works_and_who_sends_it(
    oakfield: Oakfield, mailoutbox: list[EmailMessage]
) -> None:
    Client().post("/accounts/password/reset/", {"email": oakfield.asha.email})
    run_jobs()

    (mail,) = mailoutbox
    assert mail.subject == "Consentry: Set a new password"
    assert f"The link works once, and for {settings.PASSWORD_RESET_TIMEOUT // 3600} hours." in mail.body
    assert "your password stays as it is" in mail.body
    assert "Hello from" not in mail.body
