"""Permissions at schools and trusts, which page each opens, and how far somebody of a trust reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.pages import OPENED_BY, TITLES, Page, opens
from consentry.rules.permissions import ADMINISTERS, Level, Permission
from consentry.rules.reach import CannotGiveError, can_be_held_at, check_may_give, held_at_school

HELD = st.frozensets(st.sampled_from(Permission))


@pytest.mark.parametrize("page", [Page.PARTNER_APPS, Page.SSO_SETTINGS, Page.USERS, Page.LOGIN_HISTORY])
def test_api_links_sso_settings_users_and_login_history_open_by_the_seeds_permissions(page: Page) -> None:
    """To manage API links, SSO settings, users and login history you need these two, at the school and at the trust."""
    assert OPENED_BY[Level.SCHOOL][page][0] == "School: User Accounts: Administer"
    assert OPENED_BY[Level.TRUST][page] == ("User Details: Manage All Users",)
    assert Permission.GROUP_MANAGE_USERS in OPENED_BY[Level.SCHOOL][page]


def test_every_page_has_a_title_and_opens_somewhere() -> None:
    assert set(TITLES) == set(Page) == {page for at_level in OPENED_BY.values() for page in at_level}
    assert all(opening for at_level in OPENED_BY.values() for opening in at_level.values())


@pytest.mark.parametrize("level", Level)
def test_what_opens_a_page_can_be_held_there_or_carried_there(level: Level) -> None:
    carried = {Permission.GROUP_MANAGE_USERS} if level is Level.SCHOOL else set()
    for opening in OPENED_BY[level].values():
        assert set(opening) <= set(can_be_held_at(level)) | carried


def test_who_administers_a_site_can_hold_it_there() -> None:
    assert all(ADMINISTERS[level] <= set(can_be_held_at(level)) for level in Level)


def test_every_permission_works_somewhere_and_a_trusts_roles_can_hold_all() -> None:
    assert all(each.levels for each in Permission)
    assert can_be_held_at(Level.TRUST) == tuple(Permission)
    assert Permission.GROUP_LOGIN_TO_SCHOOLS not in can_be_held_at(Level.SCHOOL)


@given(HELD)
def test_nothing_is_carried_into_a_school_without_the_permission_to_sign_in_there(held: frozenset[Permission]) -> None:
    if Permission.GROUP_LOGIN_TO_SCHOOLS not in held:
        assert held_at_school(held) == frozenset()


@given(HELD)
def test_what_is_carried_is_held_and_works_at_schools_or_manages_all_users(held: frozenset[Permission]) -> None:
    carried = held_at_school(held)
    assert carried <= held
    assert all(Level.SCHOOL in each.levels or each is Permission.GROUP_MANAGE_USERS for each in carried)


@given(HELD)
def test_a_page_opens_by_any_of_its_permissions(held: frozenset[Permission]) -> None:
    opening = OPENED_BY[Level.SCHOOL][Page.USERS]
    assert opens(opening, held) == any(each in held for each in opening)


@given(HELD, HELD)
def test_nobody_can_give_what_they_do_not_hold(wanted: frozenset[Permission], held: frozenset[Permission]) -> None:
    if wanted <= held:
        check_may_give(wanted, held)
        return
    with pytest.raises(CannotGiveError) as refused:
        check_may_give(wanted, held)
    assert set(refused.value.missing) == wanted - held
    assert all(each.value in str(refused.value) for each in refused.value.missing)
