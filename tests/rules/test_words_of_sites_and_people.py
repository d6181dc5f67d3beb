"""Slugs, permissions, and the catalogue's, grants' and asks' own small answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.small_catalogue import CATALOGUE

from consentry.rules.asks import Ask, Filter, Operator, Order
from consentry.rules.catalogue import DataType, Field, Kind
from consentry.rules.grants import Action, Grant
from consentry.rules.slugs import LONGEST, RESERVED, is_usable


@pytest.mark.parametrize("slug", ["oakfield", "st-mary-s", "a", "7", "x" * LONGEST])
def test_a_site_can_be_called(slug: str) -> None:
    assert is_usable(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "-a",
        "a-",
        "a--b",
        "Oakfield",
        "oak field",
        "oak_field",
        "oåk",
        "٣",
        "a/b",
        "a\n",
        "a\0",
        "..",
        "x" * (LONGEST + 1),
    ],
)
def test_a_site_cannot_be_called(slug: str) -> None:
    assert not is_usable(slug)


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_shared_addresses_are_nobodys(slug: str) -> None:
    assert not is_usable(slug)


@given(st.text(max_size=12))
def test_a_usable_slug_stands_in_an_address_as_it_is(slug: str) -> None:
    if is_usable(slug):
        assert slug.isascii()
        assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_grant_allows_what_it_lists() -> None:
    grant = Grant("Student", frozenset({"person"}), frozenset({Action.READ, Action.UPDATE}))

    assert [action for action in Action if grant.allows(action)] == [Action.READ, Action.UPDATE]


def test_filters_and_sorting_are_uses_of_fields() -> None:
    ask = Ask("Student", fields=("person",), filters=(Filter(("id",), Operator.IN),), order=Order(("person", "last")))

    assert ask.used == (("id",), ("person", "last"))
    assert Ask("Student", fields=("person",)).used == ()


def test_the_catalogue_answers_for_names_it_has() -> None:
    assert CATALOGUE.get("Student") is CATALOGUE["Student"]
    assert CATALOGUE.get("student") is None
    assert CATALOGUE.get(None) is None
    assert [data_type.name for data_type in CATALOGUE] == list(CATALOGUE.data_types)


def test_a_data_type_knows_its_root_and_its_special_fields() -> None:
    upns = DataType(
        "UkDfe_UpnAssignment", "UPN", "UPNs", "uk-dfe_upn-assignments", {"upn": Field("upn", "UPN", Kind.TEXT)}
    )

    assert upns.root == "ukDfe_UpnAssignment"
    assert upns.special_fields == frozenset()
    assert CATALOGUE["Student"].special_fields == {"ethnicity"}
