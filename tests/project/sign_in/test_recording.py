"""What the Login History is told when somebody signs in by the pages, and when they fail to."""

import pytest
from django.test import Client

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.models import Account, SignIn, User
from consentry.schools.queries import school_id
from tests.project.sign_in.coming_in import CHROME, code_of, enter_password, recovery_codes, signed_in, with_app
from tests.world import NOW, PASSWORD, add_person, add_school


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


def told() -> list[tuple[str, str, str]]:
    """Provider, second factor and outcome of what was noted, the oldest first."""
    rows = SignIn.objects.order_by("id")
    return [(row.provider, row.second_factor, row.outcome) for row in rows]


def disable(user: User) -> None:
    account = Account.objects.select_related("school").get(user=user)
    with change(actor=OPERATOR, at=NOW, school=school_id(account.school)) as this:
        account.enabled = False
        account.save()
        this.record(EventName.USER_ADDED, account)  # the door asks for an event, whichever


def test_a_sign_in_by_password_is_told_with_address_and_browser(asha: User) -> None:
    """Issue: time, user, type of user, provider, second factor, address, browser, outcome."""
    signed_in(asha, REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=CHROME, HTTP_X_FORWARDED_FOR="198.51.100.1")

    row = SignIn.objects.select_related("account").get()
    assert row.account is not None
    assert (row.account.user_id, row.user_type, row.outcome) == (asha.id, "staff", "signed_in")
    assert (row.provider, row.second_factor) == ("password", "")
    assert (row.address, row.browser) == ("192.0.2.7", "Chrome 131 on Windows")


def test_a_wrong_password_is_told_and_one_of_nobody_leaves_nothing(asha: User) -> None:
    """Issue: failed ones too."""
    enter_password(Client(), asha.email, "wrong-password-here")
    enter_password(Client(), "nobody@example.org", "another-secret")

    assert told() == [("password", "", "wrong_password")]
    stored = "".join(str(vars(row)) for row in SignIn.objects.all())
    assert "wrong-password-here" not in stored
    assert "nobody" not in stored


def test_a_sign_in_with_an_authenticator_app_is_told_once_it_is_complete(asha: User) -> None:
    secret = with_app(asha)
    SignIn.objects.all().delete()
    client = Client()

    enter_password(client, asha.email)
    assert told() == []
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert told() == [
        ("password", "authenticator app", "wrong_second_factor"),
        ("password", "authenticator app", "signed_in"),
    ]


def test_a_recovery_code_is_told_as_one(asha: User) -> None:
    with_app(asha)
    SignIn.objects.all().delete()
    client = Client()

    enter_password(client, asha.email)
    client.post("/accounts/2fa/authenticate/", {"code": recovery_codes(asha)[0]})

    assert told() == [("password", "recovery code", "signed_in")]


def test_a_disabled_person_who_gives_the_right_password_is_told_of(asha: User) -> None:
    disable(asha)

    answer = enter_password(Client(), asha.email)

    assert answer["Location"] == "/accounts/inactive/"
    assert told() == [("password", "", "disabled")]


def test_who_mistypes_it_to_confirm_that_it_is_them_has_not_failed_to_sign_in(asha: User) -> None:
    client = signed_in(asha)
    client.post("/accounts/reauthenticate/", {"password": "wrong"})

    assert told() == [("password", "", "signed_in")]
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
