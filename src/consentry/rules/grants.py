"""What a permission set gives: for each data type its fields, and what may be done with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Action(Enum):
    """The four things that can be done with a data type. Write means create."""

    READ = "read"
    WRITE = "write"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True)
class Grant:
    """One row of a permission set: one data type, the fields by name, the actions."""

    data_type: str
    fields: frozenset[str]
    actions: frozenset[Action]

    def allows(self, action: Action) -> bool:
        """Whether the action is granted on the data type at all."""
        return action in self.actions


Grants = Mapping[str, Grant]
"""The rows of one version, by data type. A data type without a row is not granted."""
