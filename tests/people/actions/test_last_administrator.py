"""Nobody can remove the last administrator of a site: by no way there is, and not two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.people.staffroom import TODAY, TOMORROW, at_site, end_now, give, role
from tests.world import NOW, add_person, add_school, add_trust

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.people.actions.add_roles import OFFICE, PRODUCT_ROLES
from consentry.people.actions.assign_role import assign_role
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.edit_role import edit_role
from consentry.people.actions.end_role import end_role
from consentry.people.actions.give_permission import give_permission
from consentry.people.actions.hand_back_role import hand_back_role
from consentry.people.actions.take_over_role import take_over_role
from consentry.people.administrators import has_administrator
from consentry.people.models import User
from consentry.rules.periods import Period
from consentry.rules.permissions import ADMINISTERS, LastAdministratorError, Level, NotPermittedError, Permission
from consentry.schools.models import Site
from consentry.schools.queries import school_id

ADMINISTRATOR = "School Administrator"


@pytest.fixture
def site(database: str) -> Site:
    site = add_school()
    add_person(site, "Asha Patel")
    return site


@pytest.fixture
def asha(site: Site) -> User:
    return User.objects.get(name="Asha Patel")


def test_the_last_administrator_cannot_end_or_limit_their_own_role(site: Site, asha: User) -> None:
    for ends_on in (None, TODAY, TOMORROW):
        with pytest.raises(LastAdministratorError, match=r"School: User Accounts: Administer.* without an end date"):
            end_now(asha, by=asha, site=site, ends_on=ends_on)
    assert has_administrator(site, TODAY)


def test_the_operator_cannot_shut_the_last_administrator_out_either(site: Site, asha: User) -> None:
    with pytest.raises(LastAdministratorError):
        disable_account(site, at_site(asha, site).id, by=OPERATOR, at=NOW)
    assert at_site(asha, site).enabled


def test_the_role_of_the_last_administrator_cannot_lose_what_administers(site: Site, asha: User) -> None:
    administrator, by = role(site, ADMINISTRATOR), at_site(asha, site)
    take_over_role(site, administrator.id, by=by, at=NOW)
    seen = frozenset(Permission(each) for each in administrator.permissions)

    with pytest.raises(LastAdministratorError):
        edit_role(site, administrator.id, seen - {Permission.SCHOOL_PERMISSIONS}, seen=seen, by=by, at=NOW)

    assert Permission.SCHOOL_PERMISSIONS in role(site, ADMINISTRATOR).permissions


def test_a_role_that_only_here_administers_is_not_handed_back(site: Site, asha: User) -> None:
    office, by = role(site, OFFICE), at_site(asha, site)
    take_over_role(site, office.id, by=by, at=NOW)
    seen = frozenset(Permission(each) for each in office.permissions)
    edit_role(site, office.id, seen | ADMINISTERS[Level.SCHOOL], seen=seen, by=by, at=NOW)
    add_person(site, "Tom Reed", OFFICE)
    end_now(asha, by=asha, site=site)

    with pytest.raises(LastAdministratorError):
        hand_back_role(site, OFFICE, at=NOW)


def other_by_ending_role(site: Site, asha: User) -> None:
    tom = add_person(site, "Tom Reed", None)
    give(tom, ADMINISTRATOR, by=asha, site=site, starts_on=TOMORROW)


def other_for_a_time(site: Site, asha: User) -> None:
    give(add_person(site, "Tom Reed", None), ADMINISTRATOR, by=asha, site=site, ends_on=TOMORROW)


def other_disabled(site: Site, asha: User) -> None:
    tom = add_person(site, "Tom Reed")
    disable_account(site, at_site(tom, site).id, by=at_site(asha, site), at=NOW)


def other_by_single_permissions(site: Site, asha: User) -> None:
    tom = add_person(site, "Tom Reed", OFFICE)
    for each in ADMINISTERS[Level.SCHOOL]:
        give_permission(site, at_site(tom, site).id, each, Period(TODAY, TOMORROW), by=at_site(asha, site), at=NOW)


@pytest.mark.parametrize(
    "arrange", [other_by_ending_role, other_for_a_time, other_disabled, other_by_single_permissions]
)
def test_another_counts_who_is_enabled_and_holds_it_today_and_without_end(
    site: Site, asha: User, arrange: Callable[[Site, User], None]
) -> None:
    arrange(site, asha)

    with pytest.raises(LastAdministratorError):
        end_now(asha, by=asha, site=site)


def test_an_administrator_of_another_site_does_not_count(site: Site, asha: User) -> None:
    add_person(add_school("elmwood"), "Tom Reed")

    with pytest.raises(LastAdministratorError):
        end_now(asha, by=asha, site=site)


def test_with_a_second_administrator_the_first_may_go(site: Site, asha: User) -> None:
    tom = add_person(site, "Tom Reed")

    end_now(asha, by=tom, site=site)

    assert has_administrator(site, TODAY)


def test_another_role_that_holds_what_administers_counts_as_well(site: Site, asha: User) -> None:
    office, by = role(site, OFFICE), at_site(asha, site)
    take_over_role(site, office.id, by=by, at=NOW)
    edit_role(
        site,
        office.id,
        frozenset(ADMINISTERS[Level.SCHOOL]),
        seen=frozenset({Permission.DATA_RETURNS}),
        by=by,
        at=NOW,
    )
    add_person(site, "Tom Reed", OFFICE)

    end_now(asha, by=asha, site=site)

    assert has_administrator(site, TODAY)


def test_a_trust_keeps_who_manages_all_its_users(database: str) -> None:
    trust = add_trust()
    lee = add_person(trust, "Lee Hart", "Trust Administrator")

    with pytest.raises(LastAdministratorError, match="User Details: Manage All Users"):
        end_now(lee, by=lee, site=trust)


def test_a_site_that_has_no_administrator_yet_is_not_held_up(database: str) -> None:
    site = add_school()
    tom = add_person(site, "Tom Reed", OFFICE)

    disable_account(site, at_site(tom, site).id, by=OPERATOR, at=NOW)

    assert not at_site(tom, site).enabled


def test_the_product_comes_with_a_role_that_administers() -> None:
    for kind, roles in PRODUCT_ROLES.items():
        assert any(ADMINISTERS[Level(kind)] <= set(each.permissions) for each in roles)


def at_once(*doings: Callable[[], object]) -> list[Exception | None]:
    """Do all of these at the same moment; what each raised."""
    start = Barrier(len(doings))

    def run(doing: Callable[[], object]) -> Exception | None:
        start.wait()
        try:
            doing()
        except (LastAdministratorError, NotPermittedError) as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(doings)) as pool:
        return [each.result() for each in [pool.submit(run, doing) for doing in doings]]


@pytest.mark.races
@pytest.mark.parametrize("round_", range(5))
def test_two_who_remove_each_other_at_once_leave_one(site: Site, asha: User, round_: int) -> None:
    tom = add_person(site, "Tom Reed")
    ours, theirs = at_site(asha, site), at_site(tom, site)
    mine, his = ours.assignments.get(), theirs.assignments.get()

    refused = at_once(
        lambda: end_role(site, theirs.id, his.id, ends_on=None, by=ours, at=NOW),
        lambda: end_role(site, ours.id, mine.id, ends_on=None, by=theirs, at=NOW),
    )

    assert len([each for each in refused if each is None]) == 1
    assert has_administrator(site, TODAY)


@pytest.mark.races
@pytest.mark.parametrize("round_", range(5))
def test_two_who_go_at_once_by_different_ways_leave_one(site: Site, asha: User, round_: int) -> None:
    tom = add_person(site, "Tom Reed")
    ours, theirs = at_site(asha, site), at_site(tom, site)
    mine = ours.assignments.get()

    refused = at_once(
        lambda: end_role(site, ours.id, mine.id, ends_on=None, by=ours, at=NOW),
        lambda: disable_account(site, theirs.id, by=OPERATOR, at=NOW),
    )

    assert len([each for each in refused if each is None]) == 1
    assert has_administrator(site, TODAY)


def test_a_role_given_by_the_operator_counts_from_its_first_day(site: Site, asha: User) -> None:
    tom = add_person(site, "Tom Reed", None)
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        assign_role(this, at_site(tom, site), role(site, ADMINISTRATOR))

    end_now(asha, by=tom, site=site)

    assert has_administrator(site, TODAY)
