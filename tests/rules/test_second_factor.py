"""When a second factor is due: the two switches of the SSO Settings page and the addresses on site."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentry.rules.second_factor import Coming, Demand, is_due, may_skip

AT_HOME, ON_SITE = "192.0.2.7", "198.51.100.20"
SCHOOL = ("198.51.100.16/28", "2001:db8::/48")


NOTHING = Demand()
DEMANDED = Demand(demanded=True)
NOT_FROM_SSO = Demand(demanded=True, skipped_for_sso=True)
NOT_ON_SITE = Demand(demanded=True, addresses_on_site=SCHOOL)

BY_PASSWORD = Coming(used_factor=False, by_sso=False, address=AT_HOME)
BY_SSO = replace(BY_PASSWORD, by_sso=True)
WITH_FACTOR = replace(BY_PASSWORD, used_factor=True)


@pytest.mark.parametrize(
    ("demand", "coming"),
    [
        (DEMANDED, BY_PASSWORD),
        (DEMANDED, BY_SSO),
        (NOT_FROM_SSO, BY_PASSWORD),
        (NOT_ON_SITE, BY_PASSWORD),
        (NOT_ON_SITE, BY_SSO),
        (NOT_ON_SITE, replace(BY_PASSWORD, address=None)),
    ],
)
def test_a_second_factor_is_due(demand: Demand, coming: Coming) -> None:
    assert is_due(demand, coming)


@pytest.mark.parametrize(
    ("demand", "coming"),
    [
        (NOTHING, BY_PASSWORD),
        (DEMANDED, WITH_FACTOR),
        (NOT_FROM_SSO, BY_SSO),
        (NOT_ON_SITE, replace(BY_PASSWORD, address=ON_SITE)),
        (NOT_ON_SITE, replace(BY_PASSWORD, address="2001:db8::5")),
    ],
)
def test_a_second_factor_is_not_due(demand: Demand, coming: Coming) -> None:
    assert not is_due(demand, coming)


@given(
    demand=st.builds(Demand, st.booleans(), st.booleans(), st.sampled_from([(), SCHOOL])),
    coming=st.builds(Coming, st.booleans(), st.booleans(), st.sampled_from([AT_HOME, ON_SITE, None, "nonsense"])),
)
def test_it_is_never_due_from_who_used_one_or_where_it_was_not_demanded(demand: Demand, coming: Coming) -> None:
    due = is_due(demand, coming)

    assert not (due and coming.used_factor)
    assert not (due and not demand.demanded)
    assert not (due and may_skip(demand, coming))
    assert due or coming.used_factor or not demand.demanded or may_skip(demand, coming)
