"""External Administrators among a school's users, and what somebody of a trust may do to a school's people."""

import pytest
from django.test import Client
from tests.people.staffroom import TODAY, at_site, role
from tests.web.conftest import signed_in
from tests.world import NOW, add_person, add_school, add_trust, enter, give_schools

from consentry.people.actions.add_roles import ADMINISTRATOR, OFFICE, TRUST_ADMINISTRATOR
from consentry.people.actions.change_page_permissions import change_page_permissions
from consentry.people.actions.give_role import give_role
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import Account, User
from consentry.people.queries.permissions import permissions_of
from consentry.people.queries.sources import sources_of
from consentry.rules.pages import Page
from consentry.rules.periods import Period
from consentry.rules.permissions import Level, NotPermittedError, Permission
from consentry.rules.reach import CannotGiveError
from consentry.schools.models import Site


@pytest.fixture
def trust(database: str) -> Site:
    return add_trust()


@pytest.fixture
def school(trust: Site) -> Site:
    school = add_school(trust=trust)
    add_person(school)
    return school


@pytest.fixture
def lee(trust: Site, school: Site) -> Account:
    """Lee of the trust, as External Administrator at the school."""
    person = add_person(trust, "Lee Hart", TRUST_ADMINISTRATOR)
    give_schools(person, trust, school)
    return enter(person, school)


@pytest.fixture
def asha(school: Site) -> Client:
    return signed_in(User.objects.get(name="Asha Patel"))


def page(client: Client, account: Account, *rest: str) -> str:
    return client.get("/".join([f"/oakfield/users/{account.id}", *rest])).content.decode()


def test_an_external_administrator_is_on_the_list_with_their_trust(asha: Client, lee: Account) -> None:
    """Help pages: External Administrator = a user of the trust who came through the trust's site."""
    shown = asha.get("/oakfield/users?type=external").content.decode()

    assert "Lee Hart" in shown
    assert "from Harbour Trust" in shown
    file = asha.get("/oakfield/users/list.csv").content.decode("utf-8-sig")
    assert '"External Administrator","Harbour Trust"' in file


def test_their_page_tells_what_they_carry_and_offers_no_roles(asha: Client, lee: Account) -> None:
    shown = page(asha, lee)

    assert {each.permission for each in sources_of(lee, TODAY)} == permissions_of(lee, TODAY)
    assert Permission.GROUP_MANAGE_USERS in shown
    assert "Business role Trust Administrator" in shown
    assert "holds roles at Harbour Trust" in shown
    for button in ("Add a business role", "Send password link", "Change email"):
        assert button not in shown


def test_the_trust_looks_after_their_sign_in_and_roles(asha: Client, lee: Account) -> None:
    office = role(lee.school, OFFICE).id

    for path, sent, says in (
        ("password-link", {}, "looked after at Harbour Trust"),
        ("email", {"new_email": "lee@example.com"}, "looked after at Harbour Trust"),
        ("profile-email", {"profile_email": "lee@example.com"}, "looked after at Harbour Trust"),
        ("roles/add", {"role": office, "starts_on": TODAY.replace(year=TODAY.year + 50)}, "hold no business roles"),
    ):
        answer = asha.post(f"/oakfield/users/{lee.id}/{path}", sent)
        assert says in answer.content.decode(), path


def test_a_school_can_shut_them_out_and_their_trust_stays_open(asha: Client, lee: Account, trust: Site) -> None:
    asha.post(f"/oakfield/users/{lee.id}/disable")

    lee.refresh_from_db()
    assert not lee.enabled
    assert signed_in(lee.user).get(f"/{trust.slug}/").status_code == 200
    assert permissions_of(at_site(lee.user, trust), TODAY)


def test_they_look_after_accounts_and_give_nothing_that_they_do_not_hold(school: Site, lee: Account) -> None:

    added = invite_user(school, Invited("mia@example.org", "Mia Fox"), by=lee, at=NOW)

    with pytest.raises(NotPermittedError) as refused:
        give_role(school, added.id, role(school, ADMINISTRATOR).id, Period(TODAY), by=lee, at=NOW)
    assert refused.value.missing is Permission.SCHOOL_PERMISSIONS
    opening = (Permission.SCHOOL_PERMISSIONS, Permission.GROUP_MANAGE_USERS)
    change_page_permissions(Level.SCHOOL, Page.PERMISSIONS, opening, at=NOW)
    with pytest.raises(CannotGiveError) as lacking:
        give_role(school, added.id, role(school, ADMINISTRATOR).id, Period(TODAY), by=lee, at=NOW)
    assert Permission.SCHOOL_USER_ACCOUNTS in lacking.value.missing
    assert Permission.INTEGRATIONS not in lacking.value.missing, "they carry it from the trust"
