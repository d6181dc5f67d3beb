"""How two versions of a permission set differ, in the catalogue's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from consentry.connections.queries.what_is_asked import AskedField, AskedType
from consentry.rules.grants import Action, Grant
from consentry.rules.widening import TypeChange, compare


@dataclass(frozen=True)
class Difference:
    """One data type that differs: what is asked beyond the earlier version, and what is asked no longer.

    `before` and `after` are its rows in the two versions, None where a version does not ask for it; `row` is the later,
    or the earlier of what is asked no longer.
    """

    row: AskedType
    before: AskedType | None
    after: AskedType | None
    fields_added: tuple[AskedField, ...]
    fields_removed: tuple[AskedField, ...]
    actions_added: tuple[Action, ...]
    actions_removed: tuple[Action, ...]

    @property
    def asks_more(self) -> bool:
        """Whether the app could do anything that it could not do before."""
        return self.before is None or bool(self.fields_added or self.actions_added)

    @property
    def asks_less(self) -> bool:
        """Whether the app could no longer do something that it could do before."""
        return self.after is None or bool(self.fields_removed or self.actions_removed)


def differences(before: Iterable[AskedType], after: Iterable[AskedType]) -> tuple[Difference, ...]:
    """The data types that differ, by label. Of two versions that give the same there are none."""
    old, new = ({each.name: each for each in rows} for rows in (before, after))
    changes = compare(
        {name: _grant(row) for name, row in old.items()}, {name: _grant(row) for name, row in new.items()}
    )
    found = (_difference(change, old.get(change.data_type), new.get(change.data_type)) for change in changes)
    return tuple(sorted(found, key=lambda each: each.row.label))


def reasons_changed(before: Iterable[AskedType], after: Iterable[AskedType]) -> tuple[str, ...]:
    """The labels of data types that both ask for, whose reason or need is said otherwise."""
    old = {each.name: each for each in before}
    both = ((old[each.name], each) for each in after if each.name in old)
    return tuple(new.label for was, new in both if (was.reason, was.required) != (new.reason, new.required))


def fields_more(found: Iterable[Difference]) -> int:
    """How many fields are asked for beyond the earlier version."""
    return sum(len(each.fields_added) for each in found)


def _grant(row: AskedType) -> Grant:
    return Grant(row.name, frozenset(field.name for field in row.fields), row.actions)


def _difference(change: TypeChange, before: AskedType | None, after: AskedType | None) -> Difference:
    row = after or before
    if row is None:
        raise KeyError(change.data_type)
    return Difference(
        row=row,
        before=before,
        after=after,
        fields_added=_of(after, change.fields_added),
        fields_removed=_of(before, change.fields_removed),
        actions_added=tuple(action for action in Action if action in change.actions_added),
        actions_removed=tuple(action for action in Action if action in change.actions_removed),
    )


def _of(row: AskedType | None, names: frozenset[str]) -> tuple[AskedField, ...]:
    return tuple(field for field in row.fields if field.name in names) if row else ()
