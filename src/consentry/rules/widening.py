"""What a new version of a permission set asks for beyond the one before, and what it no longer asks for."""

from dataclasses import dataclass

from consentry.rules.grants import Action, Grant, Grants


@dataclass(frozen=True)
class TypeChange:
    """How one data type differs between two versions. `is_new`, `is_gone`: the data type itself."""

    data_type: str
    is_new: bool
    is_gone: bool
    fields_added: frozenset[str]
    fields_removed: frozenset[str]
    actions_added: frozenset[Action]
    actions_removed: frozenset[Action]

    @property
    def asks_more(self) -> bool:
        """Whether the app could do anything with this data type that it could not do before."""
        return bool(self.is_new or self.fields_added or self.actions_added)


_NONE = frozenset[Action]()


def compare(before: Grants, after: Grants) -> tuple[TypeChange, ...]:
    """The data types that differ, by name. Two versions that give the same differ in none."""
    changes = (_compare(name, before.get(name), after.get(name)) for name in sorted({*before, *after}))
    return tuple(each for each in changes if each is not None)


def is_wider(before: Grants, after: Grants) -> bool:
    """Whether the later version gives anything that the earlier did not: a school must then be asked."""
    return any(each.asks_more for each in compare(before, after))


def _compare(name: str, before: Grant | None, after: Grant | None) -> TypeChange | None:
    if before == after:
        return None
    old = before or Grant(name, frozenset(), _NONE)
    new = after or Grant(name, frozenset(), _NONE)
    return TypeChange(
        data_type=name,
        is_new=before is None,
        is_gone=after is None,
        fields_added=new.fields - old.fields,
        fields_removed=old.fields - new.fields,
        actions_added=new.actions - old.actions,
        actions_removed=old.actions - new.actions,
    )
