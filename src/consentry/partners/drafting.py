"""The rows of a draft as they are kept, and as the rows of a version to be."""

from collections.abc import Iterable
from typing import Any

from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow
from consentry.partners.models import PermissionRow
from consentry.rules.grants import Action


def as_kept(rows: Iterable[AskedRow]) -> list[dict[str, Any]]:
    """Rows as the draft keeps them: JSON."""
    return [
        {
            "dataType": row.data_type,
            "fields": list(row.fields),
            "actions": [action.value for action in Action if action in row.actions],
            "reason": row.reason,
            "required": row.required,
        }
        for row in rows
    ]


def as_asked(kept: Iterable[dict[str, Any]]) -> tuple[AskedRow, ...]:
    """Rows of a draft as those of a version to be."""
    return tuple(
        AskedRow(
            row["dataType"],
            tuple(row["fields"]),
            frozenset(map(Action, row["actions"])),
            row["reason"],
            row["required"],
        )
        for row in kept
    )


def as_published(rows: Iterable[PermissionRow]) -> tuple[AskedRow, ...]:
    """The rows of a version as they were asked for: "all fields" is all that there are by now."""
    return tuple(
        AskedRow(
            row.data_type,
            ALL_FIELDS if row.all_fields else tuple(row.fields),
            row.facts().actions,
            row.reason,
            row.required,
        )
        for row in rows
    )


def same_rows(some: Iterable[AskedRow], others: Iterable[AskedRow]) -> bool:
    """Whether both ask for the same, with the same reasons, in whatever order."""
    return _comparable(some) == _comparable(others)


def _comparable(rows: Iterable[AskedRow]) -> set[tuple[object, ...]]:
    return {(row.data_type, frozenset(row.fields), row.actions, row.reason, row.required) for row in rows}
