"""Whoever lacks a permission is told who can really give it to them, or do in their place what it is for."""

import pytest
from django.test import Client
from tests.people.staffroom import TODAY, at_site, role
from tests.web.conftest import Oakfield, Rivers, signed_in
from tests.world import NOW, add_person, add_school, add_trust, enter, give_schools

from consentry.audit.actor import OPERATOR
from consentry.people.actions.add_roles import OFFICE, TRUST_ADMINISTRATOR
from consentry.people.actions.change_page_permissions import change_page_permissions
from consentry.people.actions.give_role import give_role
from consentry.people.models import User
from consentry.rules.pages import Page
from consentry.rules.periods import Period
from consentry.rules.permissions import Level, Permission

ADMIN_TEAM = "Your admin team can give it to you."


def at_oakfield(person: User, rivers: Rivers) -> Client:
    """The person of the trust, signed in to Oakfield from there."""
    client = signed_in(person)
    client.post(f"/{rivers.trust.slug}/schools/oakfield/sign-in")
    return client


@pytest.mark.parametrize("page", ["login-history", "school-details", "school-details/edit"])
def test_at_a_school_the_admin_team_gives_what_it_holds(tom: Client, page: str) -> None:
    assert ADMIN_TEAM in tom.get(f"/oakfield/{page}").text


def test_where_nobody_holds_a_permission_nobody_there_can_give_it(oakfield: Oakfield) -> None:
    """Nobody gives what they do not hold: only the operator is left to ask."""
    school = add_school("elmwood", "Elmwood School")
    lee = signed_in(add_person(school, "Lee Hart", OFFICE))

    page = lee.get("/elmwood/login-history").text

    assert "Nobody at Elmwood School can give it to you: ask the operator of Consentry." in page
    assert ADMIN_TEAM not in page


def test_at_a_trust_its_own_admin_team_gives(rivers: Rivers) -> None:
    assert ADMIN_TEAM in signed_in(rivers.ivy).get("/two-rivers/users").text


@pytest.mark.parametrize("page", ["users", "login-history"])
def test_somebody_from_a_trust_is_led_to_the_trust_for_what_it_can_give(rivers: Rivers, page: str) -> None:
    answer = at_oakfield(rivers.ivy, rivers).get(f"/oakfield/{page}")

    assert answer.status_code == 403
    assert "The admin team of Two Rivers Trust can give it to you." in answer.text


@pytest.mark.parametrize("page", ["school-details", "school-details/edit", "migration"])
def test_somebody_from_a_trust_is_led_to_the_school_for_what_its_own_people_alone_can_do(
    rivers: Rivers, page: str
) -> None:
    """No role of the trust as the product comes holds "School: General Admin: Administer", so nobody gives it there."""
    add_person(rivers.oakfield)

    shown = at_oakfield(rivers.noah, rivers).get(f"/oakfield/{page}").text

    assert "School: General Admin: Administer" in shown
    assert "Nobody at Two Rivers Trust can give it to you; the admin team of Oakfield School can do this." in shown


def test_somebody_from_a_trust_is_led_to_the_operator_where_the_school_has_nobody_either(rivers: Rivers) -> None:
    shown = at_oakfield(rivers.noah, rivers).get("/oakfield/school-details").text

    assert "Nobody at Two Rivers Trust or Oakfield School can give it to you: ask the operator of Consentry." in shown


def test_the_form_for_a_new_user_names_who_gives_the_permission_for_roles(rivers: Rivers) -> None:
    """An administrator of the trust adds users at a school, and gives no roles there."""
    add_person(rivers.oakfield)

    shown = at_oakfield(rivers.noah, rivers).get("/oakfield/users/add").text

    assert "School: Permissions: Administer" in shown
    assert "the admin team of Oakfield School can do this." in shown


def test_the_page_of_a_user_names_for_each_missing_permission_who_gives_it(rivers: Rivers) -> None:
    asha = add_person(rivers.oakfield)
    give_schools(rivers.ivy, rivers.trust, rivers.oakfield)
    ivy = enter(rivers.ivy, rivers.oakfield)

    own = at_oakfield(rivers.ivy, rivers).get(f"/oakfield/users/{ivy.id}").text
    hers = at_oakfield(rivers.noah, rivers).get(f"/oakfield/users/{at_site(asha, rivers.oakfield).id}").text

    assert "The admin team of Two Rivers Trust can give it to you." in own
    assert "the admin team of Oakfield School can do this." in own
    assert "The admin team of Two Rivers Trust can give it to you." not in hers
    assert "the admin team of Oakfield School can do this." in hers


def test_who_opens_the_page_for_roles_is_asked_where_the_operator_has_changed_it(database: str) -> None:
    """The operator has said that another permission opens the page on which roles are given."""
    trust = add_trust()
    school = add_school(trust=trust)
    asha, tom = add_person(school), add_person(school, "Tom Reed", OFFICE)
    add_person(trust, "Lee Hart", TRUST_ADMINISTRATOR)
    change_page_permissions(Level.SCHOOL, Page.PERMISSIONS, (Permission.STAFF_USER_DETAILS,), at=NOW)
    assert ADMIN_TEAM in signed_in(tom).get("/oakfield/users").text

    change_page_permissions(Level.SCHOOL, Page.PERMISSIONS, (Permission.GROUP_MANAGE_USERS,), at=NOW)

    give_role(school, at_site(asha, school).id, role(school, OFFICE).id, Period(TODAY, None), by=OPERATOR, at=NOW)
    assert "ask the operator of Consentry." in signed_in(tom).get("/oakfield/users").text
