"""What holds for every ask under every permission set, however they are put together."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.small_catalogue import CATALOGUE, READ, all_paths, everything_granted

from consentry.rules.asks import Ask, Filter, Operator, Order
from consentry.rules.catalogue import Path
from consentry.rules.disclosure import Disclosure, Reason, decide
from consentry.rules.grants import Action, Grant, Grants

NAMES = [
    "first",
    "last",
    "person",
    "gender",
    "members",
    "student",
    "studentNumber",
    "ethnicity",
    "label",
    "id",
    "nonsense",
]
PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple)


@st.composite
def permission_sets(draw: st.DrawFn) -> dict[str, Grant]:
    grants = {}
    for data_type in CATALOGUE:
        fields = draw(st.frozensets(st.sampled_from([*data_type.fields, "withdrawn"])))
        actions = draw(st.frozensets(st.sampled_from(Action)))
        if draw(st.booleans()):
            grants[data_type.name] = Grant(data_type.name, fields, actions)
    return grants


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    operators = st.sampled_from([Operator.EQUALS, Operator.IN, Operator.IS_NULL])
    return Ask(
        draw(st.sampled_from([*CATALOGUE.data_types, "Ghost"])),
        fields=draw(st.none() | st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)),
        expanded=tuple(draw(st.lists(PATHS, max_size=2))),
        filters=tuple(draw(st.lists(st.builds(Filter, PATHS, operators), max_size=2))),
        order=draw(st.none() | st.builds(Order, PATHS)),
    )


def may_read(grants: Grants, data_type: str, field: str) -> bool:
    """An own, plain reading of the rule: granted to read, and known."""
    grant = grants.get(data_type)
    return bool(
        grant and Action.READ in grant.actions and field in grant.fields and field in CATALOGUE[data_type].fields
    )


def fields_shown(decided: Disclosure) -> set[tuple[str, str]]:
    """What is shown, as (data type, field)."""
    found = set()
    for path, names in decided.shown.items():
        here = CATALOGUE[decided.data_type]
        for step in path:
            here = CATALOGUE[here.fields[step].target or ""]
        found |= {(here.name, name) for name in names}
    return found


@settings(max_examples=60)
@given(asks(), permission_sets())
def test_nothing_is_shown_that_is_not_granted_and_known(ask: Ask, grants: Mapping[str, Grant]) -> None:
    assert all(may_read(grants, *field) for field in fields_shown(decide(ask, grants, CATALOGUE)))


@settings(max_examples=60)
@given(asks(), permission_sets())
def test_a_name_stands_only_over_fields_that_may_be_read(ask: Ask, grants: Mapping[str, Grant]) -> None:
    decided = decide(ask, grants, CATALOGUE)

    for path in decided.named:
        here = CATALOGUE[ask.data_type]
        for step in path:
            here = CATALOGUE[here.fields[step].target or ""]
        for part in (alternative for alternatives in here.display for alternative in alternatives):
            holder = here if len(part) == 1 else CATALOGUE[here.fields[part[0]].target or ""]
            assert may_read(grants, holder.name, part[-1])


@settings(max_examples=60)
@given(asks(), permission_sets())
def test_whatever_is_refused_refuses_everything(ask: Ask, grants: Mapping[str, Grant]) -> None:
    decided = decide(ask, grants, CATALOGUE)

    if decided.is_refused:
        assert (decided.shown, decided.named, decided.withheld) == ({}, frozenset(), ())
    else:
        assert () in decided.shown


@settings(max_examples=60)
@given(asks(), permission_sets())
def test_every_field_of_what_is_opened_is_either_shown_or_named_as_withheld(
    ask: Ask, grants: Mapping[str, Grant]
) -> None:
    decided = decide(Ask(ask.data_type, expanded=ask.expanded), grants, CATALOGUE)

    for path, names in decided.shown.items():
        here = CATALOGUE[ask.data_type]
        for step in path:
            here = CATALOGUE[here.fields[step].target or ""]
        withheld = {name for name in here.fields if ".".join((*path, name)) in decided.withheld}
        assert set(names) | withheld == set(here.fields)
        assert not set(names) & withheld


@settings(max_examples=60)
@given(asks(), permission_sets(), PATHS)
def test_filtering_by_more_never_changes_what_else_is_shown(ask: Ask, grants: Mapping[str, Grant], path: Path) -> None:
    more = Ask(ask.data_type, ask.fields, ask.expanded, (*ask.filters, Filter(path, Operator.EQUALS)), ask.order)
    plain, asked_more = decide(ask, grants, CATALOGUE), decide(more, grants, CATALOGUE)

    if asked_more.is_refused:
        assert set(plain.refused) <= set(asked_more.refused)
    else:
        assert asked_more == plain


@settings(max_examples=60)
@given(asks(), permission_sets(), PATHS)
def test_opening_up_more_never_changes_what_else_is_shown(ask: Ask, grants: Mapping[str, Grant], path: Path) -> None:
    more = Ask(ask.data_type, ask.fields, (*ask.expanded, path), ask.filters, ask.order)
    plain, asked_more = decide(ask, grants, CATALOGUE), decide(more, grants, CATALOGUE)

    if not asked_more.is_refused:
        assert all(set(names) <= set(asked_more.shown[where]) for where, names in plain.shown.items())
        assert plain.named <= asked_more.named


@settings(max_examples=60)
@given(asks(), permission_sets(), permission_sets())
def test_granting_more_never_shows_less(ask: Ask, grants: dict[str, Grant], others: dict[str, Grant]) -> None:
    wider = dict(grants)
    for name, other in others.items():
        mine = grants.get(name, Grant(name, frozenset(), frozenset()))
        wider[name] = Grant(name, mine.fields | other.fields, mine.actions | other.actions)

    assert fields_shown(decide(ask, grants, CATALOGUE)) <= fields_shown(decide(ask, wider, CATALOGUE))


@given(asks())
def test_without_grants_nothing_is_shown(ask: Ask) -> None:
    decided = decide(ask, {}, CATALOGUE)

    assert decided.is_refused
    assert decided.refused[0].reason in {Reason.UNKNOWN_DATA_TYPE, Reason.DATA_TYPE_NOT_GRANTED}


def _without(data_type: str, field: str) -> dict[str, Grant]:
    grants = everything_granted()
    return grants | {data_type: Grant(data_type, grants[data_type].fields - {field}, READ)}


def test_one_field_less_is_refused_by_name_on_every_path_that_uses_it() -> None:
    used = 0
    for start, path in all_paths():
        for held, field in _fields_on(start, path):
            for ask in (Ask(start, filters=(Filter(path, Operator.EQUALS),)), Ask(start, order=Order(path))):
                refused = decide(ask, _without(held, field), CATALOGUE).refused
                assert [(each.reason, each.data_type, each.field) for each in refused] == [
                    (Reason.FIELD_NOT_GRANTED, held, field)
                ]
                used += 1
    assert used > 100


def _fields_on(start: str, path: Path) -> list[tuple[str, str]]:
    here, found = CATALOGUE[start], []
    for name in path:
        if name != "id":
            found.append((here.name, name))
            target = here.fields[name].target
            here = CATALOGUE[target] if target else here
    return list(dict.fromkeys(found))
