"""Attempts to sign in, as the Login History of each site tells of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import NOW, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.note_sign_in import (
    SignInFacts,
    note_sign_in,
    note_sign_in_of,
    note_stranger,
    note_wrong_password,
)
from consentry.people.models import Account, Outcome, SignIn, User
from consentry.schools.models import Site
from consentry.schools.queries import school_id

FACTS = SignInFacts(NOW, address="192.0.2.7", browser="Firefox 140 on Ubuntu")


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


@pytest.fixture
def elmwood(database: str) -> Site:
    return add_school("elmwood")


@pytest.fixture
def asha(oakfield: Site, elmwood: Site) -> User:
    """Somebody with an account at both schools."""
    user = add_person(oakfield)
    with change(actor=OPERATOR, at=NOW, school=school_id(elmwood)) as this:
        add_user(this, elmwood, NewUser(user.email, existing=True))
    return user


def disable(account: Account) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(account.school)) as this:
        account.enabled = False
        account.save()
        this.record(EventName.USER_ADDED, account)  # the door asks for an event, whichever


def noted() -> set[tuple[str, str]]:
    """The site and the outcome of every row."""
    return {(row.school.slug, row.outcome) for row in SignIn.objects.select_related("school")}


def test_a_sign_in_is_told_at_each_site_where_the_person_has_an_account(asha: User) -> None:
    note_sign_in(asha, outcome=Outcome.SIGNED_IN, facts=FACTS)

    assert noted() == {("oakfield", "signed_in"), ("elmwood", "signed_in")}
    row = SignIn.objects.get(school__slug="oakfield")
    assert (row.account, row.at, row.user_type) == (account_of(asha, row.school), NOW, "staff")
    assert (row.provider, row.second_factor) == ("password", "")
    assert (row.address, row.browser) == ("192.0.2.7", "Firefox 140 on Ubuntu")


def test_where_their_account_is_disabled_nobody_signed_in(asha: User, elmwood: Site) -> None:
    disable(account_of(asha, elmwood))

    note_sign_in(asha, outcome=Outcome.SIGNED_IN, facts=FACTS)
    note_sign_in(asha, outcome=Outcome.WRONG_SECOND_FACTOR, facts=FACTS)

    assert noted() == {
        ("oakfield", "signed_in"), ("oakfield", "wrong_second_factor"), ("elmwood", "wrong_second_factor"),
    }  # fmt: skip


def test_a_wrong_password_is_told_to_the_sites_of_whoever_has_the_e_mail(asha: User) -> None:
    note_wrong_password("ASHA.Patel@example.org", facts=FACTS)

    assert noted() == {("oakfield", "wrong_password"), ("elmwood", "wrong_password")}
    assert {row.account.user_id for row in SignIn.objects.all() if row.account} == {asha.id}


def test_of_an_e_mail_of_nobody_nothing_is_kept_for_the_same_work(asha: User) -> None:
    with CaptureQueriesContext(connection) as known:
        note_wrong_password(asha.email, facts=FACTS)
    SignIn.objects.all().delete()
    with CaptureQueriesContext(connection) as unknown:
        note_wrong_password("nobody@example.org", facts=FACTS)

    assert SignIn.objects.count() == 0
    assert [each["sql"].replace(asha.email, "nobody@example.org") for each in known] == [
        each["sql"] for each in unknown
    ]


def test_a_sign_in_that_concerns_one_site_is_told_there_alone(asha: User, oakfield: Site) -> None:
    note_sign_in_of([account_of(asha, oakfield)], outcome=Outcome.GUARDIAN, facts=FACTS)

    assert noted() == {("oakfield", "guardian")}


def test_a_stranger_whom_a_provider_vouches_for_leaves_no_name(oakfield: Site) -> None:
    note_stranger(school_id(oakfield), outcome=Outcome.NO_MATCH, facts=SignInFacts(NOW, "google"))

    row = SignIn.objects.get()
    assert (row.account, row.provider, row.outcome, row.address) == (None, "google", "no_match", None)
