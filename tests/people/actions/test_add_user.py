"""Who can be added: somebody new, or somebody who signs in already and keeps what is theirs."""

import pytest
from django.contrib.auth import authenticate
from tests.world import NOW, PASSWORD, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.models import Account, User
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@pytest.fixture
def elmwood(database: str) -> Site:
    """A school; Asha works at another."""
    add_person(add_school("oakfield"), "Asha Patel")
    return add_school("elmwood")


def add(site: Site, wanted: NewUser) -> Account:
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        return add_user(this, site, wanted)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (NewUser("asha.patel@example.org", "Somebody Else", PASSWORD), "email"),
        (NewUser("ASHA.PATEL@EXAMPLE.ORG", "Somebody Else", PASSWORD), "email"),
        (NewUser("asha.patel@example.org", password="another-long-one", existing=True), "password"),
        (NewUser("nobody@example.org", existing=True), "email"),
    ],
)
def test_nobody_is_mistaken_for_another(elmwood: Site, wanted: NewUser, field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        add(elmwood, wanted)

    assert refused.value.field == field
    assert not Account.objects.filter(school=elmwood).exists()


def test_who_signs_in_already_keeps_their_name_and_password(elmwood: Site) -> None:
    account = add(elmwood, NewUser("Asha.Patel@example.org", "Another Name", existing=True))

    assert account.user.name == "Asha Patel"
    assert authenticate(email="asha.patel@example.org", password=PASSWORD) == account.user
    assert User.objects.count() == 1
    with pytest.raises(InvalidError, match="has an account"):
        add(elmwood, NewUser("asha.patel@example.org", existing=True))
