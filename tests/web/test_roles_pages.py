"""Permissions: the business roles of a site, and taking responsibility for them."""

import pytest
from django.test import Client
from tests.people.staffroom import role
from tests.web.conftest import Oakfield
from tests.world import add_school

from consentry.people.models import BusinessRole
from consentry.rules.permissions import Permission

ROLES = "/oakfield/permissions"


@pytest.fixture
def office(oakfield: Oakfield) -> BusinessRole:
    return role(oakfield.site, "Office Staff")


def page(client: Client, path: str = "") -> str:
    answer = client.get(f"{ROLES}{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_each_role_who_manages_it_what_it_holds_and_how_many_hold_it(asha: Client) -> None:
    shown = page(asha)

    for words in (
        "Office Staff",
        "School Administrator",
        "Managed by Consentry",
        "Held by 1 person",
        *list(Permission)[:5],
    ):
        assert words in shown


def test_a_role_names_who_holds_it(asha: Client, office: BusinessRole) -> None:
    shown = page(asha, f"/{office.id}")

    assert "Tom Reed" in shown
    assert "without end" in shown
    assert "Asha Patel</a>" not in shown


def test_responsibility_is_taken_after_the_consequences_were_read(asha: Client, office: BusinessRole) -> None:
    """Help pages: "Assume responsibility for permissions"; then updates stop, and only support can hand it back."""
    asked = page(asha, f"/{office.id}/take-over")
    for words in (
        "Updates of Consentry no longer reach it",
        "You cannot hand it back",
        "nobody who has it loses anything",
    ):
        assert words in asked

    answer = asha.post(f"{ROLES}/{office.id}/take-over", follow=True)

    assert answer.redirect_chain == [(f"{ROLES}/{office.id}", 303)]
    assert "Managed by Oakfield School" in page(asha)
    assert "managed by Oakfield School already" in asha.post(f"{ROLES}/{office.id}/take-over").content.decode()


def sent(office: BusinessRole, *names: str) -> dict[str, object]:
    held = ",".join(Permission(each).name for each in office.permissions)
    return {"permissions": names, "seen": held}


def test_a_role_is_edited_once_the_site_manages_it(asha: Client, office: BusinessRole) -> None:
    wanted = sent(office, Permission.DATA_RETURNS, Permission.SCHOOL_GENERAL_ADMIN)
    refused = asha.post(f"{ROLES}/{office.id}/edit", wanted).content.decode()
    assert "take responsibility for it first" in refused

    asha.post(f"{ROLES}/{office.id}/take-over")
    assert "checked" in page(asha, f"/{office.id}/edit")
    asha.post(f"{ROLES}/{office.id}/edit", wanted)

    office.refresh_from_db()
    assert set(office.permissions) == {Permission.DATA_RETURNS, Permission.SCHOOL_GENERAL_ADMIN}


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([Permission.GROUP_MANAGE_USERS], "Select a valid choice"),
        (["Everything"], "Select a valid choice"),
        (["a\0b"], "Select a valid choice"),
        ([Permission.DATA_RETURNS], "This is what the role holds already"),
    ],
)
def test_what_a_role_cannot_hold_is_refused(asha: Client, office: BusinessRole, names: list[str], says: str) -> None:
    asha.post(f"{ROLES}/{office.id}/take-over")

    answer = asha.post(f"{ROLES}/{office.id}/edit", sent(office, *names))

    assert answer.status_code == 200
    assert says in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "NONSENSE", "x" * 5000, "DATA_RETURNS,SCHOOL_PERMISSIONS", "a\0b"])
def test_a_role_that_somebody_changed_meanwhile_is_shown_as_it_is_now(
    asha: Client, office: BusinessRole, seen: str
) -> None:
    asha.post(f"{ROLES}/{office.id}/take-over")
    wanted = {"permissions": [Permission.SCHOOL_GENERAL_ADMIN], "seen": seen}

    answer = asha.post(f"{ROLES}/{office.id}/edit", wanted, follow=True)

    assert "Somebody changed this role while you did" in answer.content.decode()
    office.refresh_from_db()
    assert office.permissions == [Permission.DATA_RETURNS]


def test_the_last_administrators_role_keeps_what_administers(asha: Client, oakfield: Oakfield) -> None:
    administrator = role(oakfield.site, "School Administrator")
    asha.post(f"{ROLES}/{administrator.id}/take-over")

    answer = asha.post(f"{ROLES}/{administrator.id}/edit", sent(administrator, Permission.DATA_RETURNS))

    assert "Nobody would be left to administer this site" in answer.content.decode()


def test_a_role_is_renamed(asha: Client, office: BusinessRole) -> None:
    assert 'value="Office Staff"' in page(asha, f"/{office.id}/rename")
    asha.post(f"{ROLES}/{office.id}/rename", {"name": "Front desk"})
    assert "Front desk" in page(asha)
    for name, says in (
        ("school administrator", "another role of this site"),
        ("", "Enter a name"),
        ("a\0b", "Null characters"),
    ):
        assert says.lower() in asha.post(f"{ROLES}/{office.id}/rename", {"name": name}).content.decode().lower()


PATHS = ["", "/take-over", "/rename", "/edit"]


@pytest.mark.parametrize("path", PATHS)
def test_without_the_permission_the_pages_name_it(tom: Client, office: BusinessRole, path: str) -> None:
    for address in (ROLES, f"{ROLES}/{office.id}{path}"):
        answer = tom.get(address)
        assert answer.status_code == 403
        assert Permission.SCHOOL_PERMISSIONS in answer.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_another_sites_role_is_the_same_404_as_none(asha: Client, path: str) -> None:
    theirs = role(add_school("elmwood"), "Office Staff").id

    for number in (theirs, 10**18, 10**40):
        assert asha.get(f"{ROLES}/{number}{path}").status_code == 404
        assert asha.post(f"{ROLES}/{number}{path}", {"name": "x"}).status_code in {404, 405}
