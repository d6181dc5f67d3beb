"""What changes about how somebody signs in: on record at each of their sites, and told to them by email."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.mail_links import password_path
from consentry.people.actions.mail_notifications import mail_notifications
from consentry.people.actions.remove_second_factor import remove_second_factor
from consentry.people.models import Notification, User
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.people.staffroom import told
from tests.project.sign_in.coming_in import (
    confirm_password,
    enter_password,
    recovery_codes,
    set_up_app,
    signed_in,
    with_app,
)
from tests.world import NOW, PASSWORD, add_person, add_school

NEW = "another-calm-harbour"


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


@pytest.fixture
def elmwood(database: str) -> Site:
    return add_school("elmwood")


@pytest.fixture
def asha(oakfield: Site, elmwood: Site) -> User:
    """Somebody of both schools."""
    user = add_person(oakfield)
    invite_user(elmwood, Invited(user.email, "Asha"), by=OPERATOR, at=NOW)
    return user


def mailed() -> list[str]:
    """The subjects of the mails that wait, each of which says what to do if it was not them."""
    mail.outbox.clear()
    rows = Notification.objects.filter(mailed_at=None)
    mail_notifications(base_url="https://consentry.example.org", at=rows.latest("made_at").made_at) if rows else None
    assert all("If it was not you" in str(each.body) for each in mail.outbox)
    assert {each.to[0] for each in mail.outbox} <= {"asha.patel@example.org"}
    return [str(each.subject) for each in mail.outbox]


def change_password(client: Client) -> None:
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", sent).status_code == 302


def set_by_link(client: Client, user: User) -> None:
    client.post("/accounts/logout/")
    user.refresh_from_db()
    own = client.get(password_path(user))["Location"]
    assert client.post(own, {"password1": NEW, "password2": NEW}).status_code == 302


def remove_app(client: Client) -> None:
    set_up_app(client)
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302


def make_codes(client: Client) -> None:
    set_up_app(client)
    assert client.post("/accounts/2fa/recovery-codes/generate/").status_code == 302


@pytest.mark.parametrize(
    ("do", "event", "subject"),
    [
        (lambda client, _: change_password(client), "password.changed", "Your password was changed"),
        (set_by_link, "password.changed", "Your password was changed"),
        (lambda client, _: set_up_app(client), "second_factor.added", "An authenticator app was set up"),
        (lambda client, _: remove_app(client), "second_factor.removed", "Your authenticator app was removed"),
        (lambda client, _: make_codes(client), "recovery_codes.made", "New recovery codes were made"),
    ],
)
def test_each_site_has_it_on_record_and_the_person_is_told(
    asha: User, oakfield: Site, elmwood: Site, do: Callable[[Client, User], None], event: str, subject: str
) -> None:
    do(signed_in(asha), asha)

    assert (told(oakfield)[0], told(elmwood)[0]) == (event, event)
    with reading(school_id(oakfield)):
        last = Event.objects.filter(school_id=oakfield.id).order_by("number").last()
    assert last is not None
    assert (last.actor_id, last.details["user"]) == (asha.id, asha.id)
    assert mailed()[-1] == subject


def test_a_recovery_code_that_is_used_is_told(asha: User, oakfield: Site, elmwood: Site) -> None:
    """Ten lie in a drawer: whoever finds them is noticed."""
    with_app(asha)
    client = Client()
    enter_password(client, asha.email)
    client.post("/accounts/2fa/authenticate/", {"code": recovery_codes(asha)[0]})

    assert (told(oakfield)[0], told(elmwood)[0]) == ("recovery_code.used", "recovery_code.used")
    assert mailed()[-1] == "A recovery code was used"


def test_so_is_what_the_operator_removes(asha: User, oakfield: Site, elmwood: Site) -> None:
    with_app(asha)
    remove_second_factor(asha.email, by=OPERATOR, at=timezone.now())

    assert (told(oakfield)[0], told(elmwood)[0]) == ("second_factor.removed", "second_factor.removed")
    assert "Your second factor was removed" in mailed()


def test_the_first_password_is_on_record_and_no_alarm(oakfield: Site, elmwood: Site) -> None:
    account = invite_user(oakfield, Invited("tom@example.org", "Tom Reed"), by=OPERATOR, at=NOW)
    client = Client()
    own = client.get(password_path(account.user))["Location"]
    client.post(own, {"password1": NEW, "password2": NEW})

    assert told(oakfield)[0] == "password.changed"
    assert mailed() == []


def test_a_wrong_password_or_code_changes_nothing(asha: User, oakfield: Site, elmwood: Site) -> None:
    client = signed_in(asha)
    confirm_password(client)
    client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/2fa/totp/activate/", {"code": "000000"})

    assert not {"password.changed", "second_factor.added"} & set(told(oakfield))
    assert mailed() == []
