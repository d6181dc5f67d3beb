"""Who reaches which of a trust's schools, and who may change it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.reach import CannotGiveReachError, SchoolAccess, SchoolReach, check_may_change_reach

SCHOOLS = frozenset(range(1, 6))
ALL, NONE = SchoolReach(SchoolAccess.ALL), SchoolReach(SchoolAccess.NONE)
some = st.frozensets(st.sampled_from(sorted(SCHOOLS)), min_size=1).map(
    lambda schools: SchoolReach(SchoolAccess.SOME, schools)
)
reaches = st.one_of(st.just(ALL), st.just(NONE), some)


def may_change(before: SchoolReach, after: SchoolReach, own: SchoolReach) -> bool:
    try:
        check_may_change_reach(before, after, own)
    except CannotGiveReachError:
        return False
    return True


def reached(reach: SchoolReach) -> set[int]:
    return {school for school in SCHOOLS if reach.reaches(school)}


def test_all_reaches_every_school_some_those_named_and_none_none() -> None:
    assert reached(ALL) == SCHOOLS
    assert reached(SchoolReach(SchoolAccess.SOME, frozenset({2, 4}))) == {2, 4}
    assert reached(SchoolReach(SchoolAccess.NONE, frozenset({2}))) == set()


@given(reaches, reaches)
def test_who_reaches_all_changes_everything(before: SchoolReach, after: SchoolReach) -> None:
    assert may_change(before, after, ALL)


@given(reaches, reaches, st.one_of(st.just(NONE), some))
def test_nobody_gives_or_takes_what_they_do_not_reach(
    before: SchoolReach, after: SchoolReach, own: SchoolReach
) -> None:
    if may_change(before, after, own):
        assert reached(before) ^ reached(after) <= reached(own)


@given(reaches, some)
def test_all_is_neither_given_nor_taken_by_who_reaches_some(other: SchoolReach, own: SchoolReach) -> None:
    """All schools takes in those that join later, which nobody with some of them reaches."""
    if other != ALL:
        assert not may_change(other, ALL, own)
        assert not may_change(ALL, other, own)


@given(some, some)
def test_what_they_reach_themselves_is_theirs_to_give(after: SchoolReach, own: SchoolReach) -> None:
    assert may_change(NONE, after, own) == (after.schools <= own.schools)


@pytest.mark.parametrize("same", [ALL, NONE, SchoolReach(SchoolAccess.SOME, frozenset({1}))])
def test_leaving_it_as_it_is_needs_nothing(same: SchoolReach) -> None:
    assert may_change(same, same, NONE)
