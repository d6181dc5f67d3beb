"""Where what somebody may do comes from: the same as what they may do, for every sort of account."""

import pytest
from tests.people.staffroom import TODAY, TOMORROW, at_site
from tests.world import NOW, add_person, add_school, add_trust

from consentry.audit.actor import OPERATOR
from consentry.people.actions.give_permission import give_permission
from consentry.people.queries.permissions import permissions_of
from consentry.people.queries.sources import Source, sources_of
from consentry.rules.periods import Period
from consentry.rules.permissions import Permission
from consentry.schools.models import Site


@pytest.fixture
def trust(database: str) -> Site:
    return add_trust()


def test_a_permission_held_in_two_ways_is_told_twice(trust: Site) -> None:
    lee = at_site(add_person(trust, "Lee Hart", "Trust Staff"), trust)
    give_permission(trust, lee.id, Permission.GROUP_LOGIN_TO_SCHOOLS, Period(TODAY, TOMORROW), by=OPERATOR, at=NOW)

    assert sources_of(lee, TODAY) == [
        Source(Permission.GROUP_LOGIN_TO_SCHOOLS, "", TOMORROW),
        Source(Permission.GROUP_LOGIN_TO_SCHOOLS, "Trust Staff", None),
    ]


def test_what_a_trusts_person_holds_for_its_schools_is_told_apart(trust: Site) -> None:
    lee = at_site(add_person(trust, "Lee Hart", "Trust Staff"), trust)
    give_permission(trust, lee.id, Permission.SCHOOL_GENERAL_ADMIN, Period(TODAY, TOMORROW), by=OPERATOR, at=NOW)

    works_here = {each.permission for each in sources_of(lee, TODAY) if each.works_here}

    assert works_here == permissions_of(lee, TODAY) == {Permission.GROUP_LOGIN_TO_SCHOOLS}
    assert len(sources_of(lee, TODAY)) == 2


def test_nothing_is_told_of_days_that_have_not_come(trust: Site) -> None:
    site = add_school()
    tom = at_site(add_person(site, "Tom Reed", None), site)
    give_permission(site, tom.id, Permission.DATA_RETURNS, Period(TOMORROW, TOMORROW), by=OPERATOR, at=NOW)

    assert sources_of(tom, TODAY) == []
