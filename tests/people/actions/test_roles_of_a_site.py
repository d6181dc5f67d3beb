"""Whose a business role is: the product's, which keeps it up to date, until the site takes responsibility for it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.people.staffroom import TODAY, at_site, held, role, told
from tests.world import NOW, account_of, add_person, add_school, add_trust

from consentry.audit.actor import OPERATOR, SYSTEM
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.add_roles import ADMINISTRATOR, OFFICE
from consentry.people.actions.change_page_permissions import change_page_permissions
from consentry.people.actions.edit_role import edit_role
from consentry.people.actions.give_permission import give_permission
from consentry.people.actions.hand_back_role import hand_back_role
from consentry.people.actions.rename_role import rename_role
from consentry.people.actions.take_over_role import take_over_role
from consentry.people.actions.update_roles import update_roles
from consentry.people.models import Account, BusinessRole, User
from consentry.people.queries.permissions import opening_of
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import OPENED_BY, Page
from consentry.rules.periods import Period
from consentry.rules.permissions import Level, NotPermittedError, Permission
from consentry.rules.reach import CannotGiveError, CannotGiveForSoLongError
from consentry.schools.models import Site
from consentry.schools.queries import school_id

RETURNS, GENERAL = Permission.DATA_RETURNS, Permission.SCHOOL_GENERAL_ADMIN
NONE: frozenset[Permission] = frozenset()


@pytest.fixture
def site(database: str) -> Site:
    site = add_school()
    add_person(site, "Asha Patel")
    add_person(site, "Tom Reed", OFFICE)
    return site


@pytest.fixture
def asha(site: Site) -> Account:
    return at_site(User.objects.get(name="Asha Patel"), site)


@pytest.fixture
def tom(site: Site) -> User:
    return User.objects.get(name="Tom Reed")


def shipped_otherwise(site: Site, name: str, *permissions: Permission) -> None:
    """The role as an earlier release of the product came with it."""
    with change(actor=SYSTEM, at=NOW, school=school_id(site)) as this:
        BusinessRole.objects.filter(school=site, name=name).update(permissions=[each.value for each in permissions])
        this.record(EventName.ROLE_UPDATED, role(site, name))


def edit(site: Site, name: str, *wanted: Permission, by: Account, seen: frozenset[Permission] | None = None) -> None:
    """Somebody edits the role, having seen how it is."""
    found = role(site, name)
    before = frozenset(Permission(each) for each in found.permissions)
    edit_role(site, found.id, frozenset(wanted), seen=before if seen is None else seen, by=by, at=NOW)


def test_the_products_new_defaults_reach_the_roles_that_it_manages(site: Site, tom: User) -> None:
    """Help pages on permissions: a role "Managed by Arbor" is updated automatically."""
    shipped_otherwise(site, OFFICE)
    assert held(tom, site) == NONE

    assert update_roles(at=NOW) == 1

    assert held(tom, site) == {RETURNS}
    assert told(site)[0] == "role.updated"


def test_an_update_says_nothing_where_nothing_changes(site: Site) -> None:
    before = told(site)

    assert update_roles(at=NOW) == 0

    assert told(site) == before


@pytest.mark.races
def test_two_updates_at_once_change_each_role_once(site: Site) -> None:
    shipped_otherwise(site, OFFICE)
    start = Barrier(3)

    def run() -> int:
        start.wait()
        try:
            return update_roles(at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        changed = [each.result() for each in [pool.submit(run) for _ in range(3)]]

    assert sum(changed) == 1
    assert told(site).count("role.updated") == 2, "as it was shipped, and once"


def test_no_update_reaches_a_role_that_the_site_is_responsible_for(site: Site, asha: Account, tom: User) -> None:
    take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)
    edit(site, OFFICE, RETURNS, GENERAL, by=asha)

    assert update_roles(at=NOW) == 0

    assert held(tom, site) == {RETURNS, GENERAL}


def test_a_role_that_the_product_comes_with_anew_is_added_under_a_free_name(site: Site, asha: Account) -> None:
    rename_role(site, role(site, ADMINISTRATOR).id, "Head of everything", by=asha, at=NOW)
    with change(actor=SYSTEM, at=NOW, school=school_id(site)) as this:
        BusinessRole.objects.filter(school=site, code="office-staff").update(code="earlier-office")
        this.record(EventName.ROLE_UPDATED, role(site, OFFICE))

    assert update_roles(at=NOW) == 1

    names = BusinessRole.objects.filter(school=site).values_list("name", "code")
    assert ("Office Staff 2", "office-staff") in names
    assert ("Head of everything", "school-administrator") in names


def test_the_site_cannot_take_over_twice_and_only_the_operator_hands_back(site: Site, asha: Account, tom: User) -> None:
    take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)
    with pytest.raises(InvalidError, match="managed by Oakfield School already"):
        take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)
    edit(site, OFFICE, by=asha)
    rename_role(site, role(site, OFFICE).id, "Front desk", by=asha, at=NOW)

    hand_back_role(site, "office-staff", at=NOW)

    assert held(tom, site) == {RETURNS}
    assert not role(site, "Front desk").managed_by_site
    for name, why in (("Front desk", "already"), ("Nobody", "has no role Nobody; it has Attendance Officer, Front")):
        with pytest.raises(InvalidError, match=why):
            hand_back_role(site, name, at=NOW)


def test_a_role_is_edited_only_by_the_site_that_manages_it(site: Site, asha: Account) -> None:
    with pytest.raises(InvalidError, match="take responsibility for it first"):
        edit(site, OFFICE, RETURNS, GENERAL, by=asha)


def test_nobody_adds_to_a_role_or_takes_from_it_what_they_do_not_hold(site: Site, asha: Account) -> None:
    take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)
    edit(site, OFFICE, RETURNS, Permission.SCHOOL_PERMISSIONS, by=asha)
    tom = account_of(User.objects.get(name="Tom Reed"), site)

    with pytest.raises(CannotGiveError) as refused:
        edit(site, OFFICE, RETURNS, Permission.SCHOOL_PERMISSIONS, GENERAL, by=tom)
    assert refused.value.missing == (GENERAL,)
    edit(site, OFFICE, Permission.SCHOOL_PERMISSIONS, by=tom)
    with pytest.raises(CannotGiveError):
        edit(site, OFFICE, Permission.SCHOOL_PERMISSIONS, RETURNS, by=tom)


def test_nobody_adds_to_a_role_what_they_hold_for_a_time_only(site: Site, asha: Account) -> None:
    """Else they would keep it through the role for good."""
    take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)
    edit(site, OFFICE, RETURNS, Permission.SCHOOL_PERMISSIONS, by=asha)
    tom = account_of(User.objects.get(name="Tom Reed"), site)
    give_permission(site, tom.id, GENERAL, Period(TODAY, TODAY), by=asha, at=NOW)

    with pytest.raises(CannotGiveForSoLongError) as refused:
        edit(site, OFFICE, RETURNS, Permission.SCHOOL_PERMISSIONS, GENERAL, by=tom)
    assert refused.value.missing == (GENERAL,)


def test_a_role_that_somebody_changed_meanwhile_is_not_changed_unseen(site: Site, asha: Account) -> None:
    take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)

    with pytest.raises(InvalidError, match="somebody changed this role meanwhile"):
        edit(site, OFFICE, GENERAL, by=asha, seen=NONE)
    with pytest.raises(InvalidError, match="holds already"):
        edit(site, OFFICE, RETURNS, by=asha)


def test_a_role_of_a_school_cannot_hold_what_works_at_a_trust(site: Site, asha: Account) -> None:
    take_over_role(site, role(site, OFFICE).id, by=asha, at=NOW)

    with pytest.raises(InvalidError, match="do not work at Oakfield School"):
        edit(site, OFFICE, RETURNS, Permission.GROUP_MANAGE_USERS, by=asha)


@pytest.mark.parametrize("name", ["", "   ", "Office Staff", "SCHOOL administrator", "x" * 61, "a\0b", "a\u202eb"])
def test_a_name_that_cannot_be_is_refused_at_the_field(site: Site, asha: Account, name: str) -> None:
    with pytest.raises(InvalidError) as refused:
        rename_role(site, role(site, OFFICE).id, name, by=asha, at=NOW)

    assert refused.value.field == "name"


def test_a_role_is_renamed_whoever_manages_it(site: Site, asha: Account, tom: User) -> None:
    """Help pages: roles cannot be created, only renamed and edited."""
    rename_role(site, role(site, OFFICE).id, "  Front   desk ", by=asha, at=NOW)

    assert held(tom, site) == {RETURNS}
    assert not role(site, "Front desk").managed_by_site
    assert told(site)[0] == "role.renamed"


ACTS: list[Callable[[Site, int, Account], object]] = [
    lambda site, number, by: take_over_role(site, number, by=by, at=NOW),
    lambda site, number, by: rename_role(site, number, "Another", by=by, at=NOW),
    lambda site, number, by: edit_role(site, number, NONE, seen=NONE, by=by, at=NOW),
]


@pytest.mark.parametrize("act", ACTS)
def test_roles_are_changed_by_those_who_may_at_their_own_site_alone(
    site: Site, asha: Account, tom: User, act: Callable[[Site, int, Account], object]
) -> None:
    elmwood = add_school("elmwood")

    with pytest.raises(NotPermittedError):
        act(site, role(site, OFFICE).id, at_site(tom, site))
    with pytest.raises(NotPermittedError):
        act(elmwood, role(elmwood, OFFICE).id, asha)
    with pytest.raises(BusinessRole.DoesNotExist):
        act(site, role(elmwood, OFFICE).id, asha)


def test_no_party_but_an_account_or_the_operator_changes_roles(site: Site) -> None:
    take_over_role(site, role(site, OFFICE).id, by=OPERATOR, at=NOW)
    with pytest.raises(NotPermittedError):
        take_over_role(site, role(site, ADMINISTRATOR).id, by=SYSTEM, at=NOW)


def test_the_operator_changes_what_opens_a_page_everywhere_and_puts_it_back(database: str) -> None:
    """Of the issue: which permission opens which page "is one table … and the operator can change it"."""
    add_trust()
    chosen = (Permission.STAFF_USER_DETAILS, GENERAL)

    change_page_permissions(Level.SCHOOL, Page.SSO_SETTINGS, chosen, at=NOW)
    assert opening_of(Page.SSO_SETTINGS, Level.SCHOOL) == chosen
    assert opening_of(Page.SSO_SETTINGS, Level.TRUST) == OPENED_BY[Level.TRUST][Page.SSO_SETTINGS]

    change_page_permissions(Level.SCHOOL, Page.SSO_SETTINGS, None, at=NOW)
    assert opening_of(Page.SSO_SETTINGS, Level.SCHOOL) == OPENED_BY[Level.SCHOOL][Page.SSO_SETTINGS]


@pytest.mark.parametrize(
    ("level", "page", "opening", "field"),
    [
        (Level.SCHOOL, Page.GROUP_STAFF, (RETURNS,), "page"),
        (Level.TRUST, Page.MIGRATION, (Permission.GROUP_MANAGE_USERS,), "page"),
        (Level.SCHOOL, Page.USERS, (), "permission"),
        (Level.SCHOOL, Page.USERS, (Permission.GROUP_LOGIN_TO_SCHOOLS,), "permission"),
        (Level.TRUST, Page.USERS, (RETURNS,), "permission"),
        (Level.SCHOOL, Page.USERS, None, "page"),
    ],
)
def test_a_page_is_opened_by_what_somebody_can_hold_there(
    database: str, level: Level, page: Page, opening: tuple[Permission, ...] | None, field: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        change_page_permissions(level, page, opening, at=NOW)

    assert refused.value.field == field


def test_a_page_of_a_school_can_be_opened_to_people_of_its_trust(database: str) -> None:
    opening = (RETURNS, Permission.GROUP_MANAGE_USERS)

    change_page_permissions(Level.SCHOOL, Page.SCHOOL_DETAILS, opening, at=NOW)

    assert opening_of(Page.SCHOOL_DETAILS, Level.SCHOOL) == opening
