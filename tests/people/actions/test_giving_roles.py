"""Business roles and single permissions: from when to when, and only by those who hold what they give."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.people.staffroom import TODAY, TOMORROW, YESTERDAY, assignment, at_site, end_now, give, held, role, told
from tests.world import NOW, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.people.actions.add_roles import ADMINISTRATOR, OFFICE
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.assign_role import assign_role
from consentry.people.actions.end_permission import end_permission
from consentry.people.actions.end_role import end_role
from consentry.people.actions.give_permission import give_permission
from consentry.people.actions.give_role import give_role
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import Account, AdHocPermission, BusinessRole, RoleAssignment, User, UserType
from consentry.rules.invalid import InvalidError
from consentry.rules.periods import LONGEST, Period
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.reach import CannotGiveError, CannotGiveForSoLongError
from consentry.schools.models import Site
from consentry.schools.queries import school_id

RETURNS = Permission.DATA_RETURNS
WEEK = timedelta(days=7)


@pytest.fixture
def site(database: str) -> Site:
    """A school with Asha, who administers it, and Tom, who holds nothing."""
    site = add_school()
    add_person(site, "Asha Patel")
    add_person(site, "Tom Reed", None)
    return site


@pytest.fixture
def asha(site: Site) -> User:
    return User.objects.get(name="Asha Patel")


@pytest.fixture
def tom(site: Site) -> User:
    return User.objects.get(name="Tom Reed")


def test_a_role_is_held_from_its_first_day_to_the_end_of_its_last(site: Site, asha: User, tom: User) -> None:
    """Seed of the help pages: "add Business Role with start and optional end date"."""
    give(tom, OFFICE, by=asha, site=site, starts_on=TOMORROW, ends_on=TOMORROW + WEEK)

    days = (TODAY, TOMORROW, TOMORROW + WEEK, TOMORROW + WEEK + timedelta(days=1))
    assert [RETURNS in held(tom, site, day) for day in days] == [False, True, True, False]
    assert told(site)[0] == "role.assigned"


def test_roles_and_single_permissions_combine(site: Site, asha: User, tom: User) -> None:
    give(tom, OFFICE, by=asha, site=site)
    give_permission(
        site, at_site(tom, site).id, Permission.INTEGRATIONS, Period(TODAY, TODAY), by=at_site(asha, site), at=NOW
    )

    assert held(tom, site) == {RETURNS, Permission.INTEGRATIONS}
    assert held(tom, site, TOMORROW) == {RETURNS}


def test_a_role_ends_at_once_or_with_a_day(site: Site, asha: User, tom: User) -> None:
    give(tom, OFFICE, by=asha, site=site)
    end_now(tom, by=asha, site=site, ends_on=TODAY)
    assert (RETURNS in held(tom, site), RETURNS in held(tom, site, TOMORROW)) == (True, False)

    end_now(tom, by=asha, site=site)
    assert held(tom, site) == frozenset()
    assert told(site)[:2] == ["role.ended", "role.ended"]


def test_a_role_of_earlier_days_is_kept_as_history_when_it_ends_at_once(site: Site, asha: User, tom: User) -> None:
    with change(actor=OPERATOR, at=NOW - WEEK, school=school_id(site)) as this:
        assign_role(this, at_site(tom, site), role(site, OFFICE))

    end_now(tom, by=asha, site=site)

    assert assignment(tom, site).ends_on == YESTERDAY
    with pytest.raises(InvalidError, match="ended already"):
        end_now(tom, by=asha, site=site)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (TOMORROW, TODAY, "ends_on"),
        (YESTERDAY, None, "starts_on"),
        (TODAY, YESTERDAY, "ends_on"),
        (date.max, None, "starts_on"),
        (TODAY, TODAY + LONGEST + timedelta(days=1), "ends_on"),
    ],
)
def test_dates_that_cannot_be_are_refused_at_the_field(
    site: Site, asha: User, tom: User, starts_on: date, ends_on: date | None, field: str
) -> None:
    """Bad input of the issue: date ranges reversed."""
    with pytest.raises(InvalidError) as refused:
        give(tom, OFFICE, by=asha, site=site, starts_on=starts_on, ends_on=ends_on)

    assert refused.value.field == field
    assert not at_site(tom, site).assignments.exists()


def test_the_database_refuses_dates_that_are_reversed(site: Site, tom: User) -> None:
    account, dates = at_site(tom, site), {"starts_on": TODAY, "ends_on": YESTERDAY}
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(account=account, role=role(site, OFFICE), **dates)
        with pytest.raises(IntegrityError), transaction.atomic():
            AdHocPermission.objects.create(account=account, permission=RETURNS, **dates)
        assign_role(this, account, role(site, OFFICE))


@pytest.mark.parametrize("ends_on", [YESTERDAY, date.max])
def test_an_end_that_cannot_be_is_refused_and_the_role_stays(site: Site, asha: User, tom: User, ends_on: date) -> None:
    give(tom, OFFICE, by=asha, site=site)

    with pytest.raises(InvalidError) as refused:
        end_now(tom, by=asha, site=site, ends_on=ends_on)

    assert (refused.value.field, assignment(tom, site).ends_on) == ("ends_on", None)


def test_ending_a_role_never_lengthens_it(site: Site, asha: User, tom: User) -> None:
    give(tom, OFFICE, by=asha, site=site, ends_on=TOMORROW)

    with pytest.raises(InvalidError, match="ends earlier already"):
        end_now(tom, by=asha, site=site, ends_on=TOMORROW + WEEK)


def test_the_same_role_is_not_held_twice_at_a_time(site: Site, asha: User, tom: User) -> None:
    give(tom, OFFICE, by=asha, site=site, ends_on=TOMORROW)

    with pytest.raises(InvalidError, match="already"):
        give(tom, OFFICE, by=asha, site=site, starts_on=TOMORROW)
    give(tom, OFFICE, by=asha, site=site, starts_on=TOMORROW + timedelta(days=1))


def test_nobody_gives_a_role_who_may_not(site: Site, tom: User) -> None:
    with pytest.raises(NotPermittedError) as refused:
        give(tom, OFFICE, by=tom, site=site)
    assert refused.value.missing is Permission.SCHOOL_PERMISSIONS


def test_nobody_gives_or_takes_away_what_they_do_not_hold(site: Site, asha: User, tom: User) -> None:
    """Of the issue: "Nobody can give what they do not hold"; what is missing is named."""
    permissions = Period(TODAY, TOMORROW)
    by_asha, by_tom = at_site(asha, site), at_site(tom, site)
    give_permission(site, by_tom.id, Permission.SCHOOL_PERMISSIONS, permissions, by=by_asha, at=NOW)
    mia = add_person(site, "Mia Fox", OFFICE)

    for forbidden in (
        lambda: give(mia, ADMINISTRATOR, by=tom, site=site),
        lambda: give(tom, OFFICE, by=tom, site=site),
        lambda: give_permission(site, by_tom.id, RETURNS, permissions, by=by_tom, at=NOW),
        lambda: end_now(mia, by=tom, site=site),
    ):
        with pytest.raises(CannotGiveError) as refused:
            forbidden()
        assert RETURNS in refused.value.missing
        assert Permission.SCHOOL_PERMISSIONS not in refused.value.missing


def test_who_holds_something_for_a_time_gives_it_for_no_longer(site: Site, asha: User, tom: User) -> None:
    """Else somebody who stands in until Friday makes themselves an administrator for good."""
    give(tom, ADMINISTRATOR, by=asha, site=site, ends_on=TOMORROW)
    by = at_site(tom, site)
    mia = add_person(site, "Mia Fox", None)
    in_a_week = Period(TODAY, TODAY + WEEK)

    for forbidden in (
        lambda: give(tom, ADMINISTRATOR, by=tom, site=site, starts_on=TOMORROW + timedelta(days=1)),
        lambda: give(mia, OFFICE, by=tom, site=site),
        lambda: give(mia, OFFICE, by=tom, site=site, ends_on=TODAY + WEEK),
        lambda: give_permission(site, by.id, RETURNS, in_a_week, by=by, at=NOW),
        lambda: invite_user(site, Invited("kim@example.org", "Kim", role=role(site, OFFICE).id), by=by, at=NOW),
    ):
        with pytest.raises(CannotGiveForSoLongError) as refused:
            forbidden()
        assert RETURNS in refused.value.missing
    give(mia, OFFICE, by=tom, site=site, ends_on=TOMORROW)
    give(mia, OFFICE, by=asha, site=site, starts_on=TODAY + WEEK)


def test_what_belongs_to_another_site_is_not_found(site: Site, asha: User, tom: User) -> None:
    """Bad input of the issue: a role assignment to another site's user."""
    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart", OFFICE)
    by, theirs, mine = at_site(asha, site), at_site(lee, elmwood), at_site(tom, site)
    period = Period(TODAY, TOMORROW)

    with pytest.raises(Account.DoesNotExist):
        give_role(site, theirs.id, role(site, OFFICE).id, period, by=by, at=NOW)
    with pytest.raises(BusinessRole.DoesNotExist):
        give_role(site, mine.id, role(elmwood, OFFICE).id, period, by=by, at=NOW)
    with pytest.raises(Account.DoesNotExist):
        give_permission(site, theirs.id, RETURNS, period, by=by, at=NOW)
    with pytest.raises(RoleAssignment.DoesNotExist):
        end_role(site, mine.id, assignment(lee, elmwood).id, ends_on=None, by=by, at=NOW)
    with pytest.raises(NotPermittedError):
        give_role(elmwood, theirs.id, role(elmwood, OFFICE).id, period, by=by, at=NOW)


@pytest.mark.parametrize("user_type", [UserType.GUARDIAN, UserType.STUDENT])
def test_guardians_and_students_hold_no_roles_and_no_permissions(site: Site, asha: User, user_type: UserType) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        other = add_user(this, site, NewUser("kim@example.org", "Kim Low", user_type=user_type))

    with pytest.raises(InvalidError, match="no business roles"):
        give(other.user, OFFICE, by=asha, site=site)
    with pytest.raises(InvalidError, match="no business roles"):
        give_permission(site, other.id, RETURNS, Period(TODAY, TODAY), by=account_of(asha, site), at=NOW)


def test_a_single_permission_has_an_end_and_works_at_the_site(site: Site, asha: User, tom: User) -> None:
    by, account = at_site(asha, site), at_site(tom, site)
    for permission, period, field in (
        (RETURNS, Period(TODAY), "ends_on"),
        (RETURNS, Period(TOMORROW, TODAY), "ends_on"),
        (Permission.GROUP_MANAGE_USERS, Period(TODAY, TODAY), "permission"),
    ):
        with pytest.raises(InvalidError) as refused:
            give_permission(site, account.id, permission, period, by=by, at=NOW)
        assert refused.value.field == field
    give_permission(site, account.id, RETURNS, Period(TODAY, TOMORROW), by=by, at=NOW)
    with pytest.raises(InvalidError, match="already"):
        give_permission(site, account.id, RETURNS, Period(TOMORROW, TOMORROW), by=by, at=NOW)
    give_permission(site, account.id, RETURNS, Period(TOMORROW + WEEK, TOMORROW + WEEK), by=by, at=NOW)
    assert account.ad_hoc_permissions.count() == 2


def test_a_single_permission_is_taken_away_before_its_time(site: Site, asha: User, tom: User) -> None:
    by, account = at_site(asha, site), at_site(tom, site)
    given = give_permission(site, account.id, RETURNS, Period(TODAY, TOMORROW), by=by, at=NOW)

    end_permission(site, account.id, given.id, by=by, at=NOW)

    assert held(tom, site) == frozenset()
    assert told(site)[0] == "permission.ended"
    with pytest.raises(AdHocPermission.DoesNotExist):
        end_permission(site, account.id, given.id, by=by, at=NOW)
