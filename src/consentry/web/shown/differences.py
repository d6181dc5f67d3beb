"""How two versions differ, data type by data type, as partner_apps/changes.html shows it to schools and companies."""

from collections.abc import Iterable, Mapping
from typing import Any

from consentry.connections.queries.differences import Difference
from consentry.connections.queries.what_is_asked import AskedField, AskedType
from consentry.rules.grants import Action
from consentry.web.sentences import counted, joined

_SHOWN_AT_ONCE = 8


def shown_more(found: Iterable[Difference], records: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """What is asked beyond the earlier version; with `records`, how many of each data type there are here now."""
    return [_more(each, records) for each in found if each.asks_more]


def shown_less(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """What is asked no longer."""
    return [_less(each) for each in found if each.asks_less]


def _more(found: Difference, records: Mapping[str, int] | None) -> dict[str, Any]:
    row, is_new = found.row, found.before is None
    actions = found.actions_added
    return {
        "data_type": row.label,
        "tag": {"label": "New data type", "tone": "notice"} if is_new else None,
        "actions": _actions("New: may" if not is_new else "May", actions, row),
        "fields": _fields("New fields" if not is_new else "Fields", found.fields_added, whole=is_new and row.is_whole),
        "only_identity": is_new and not row.fields,
        "special": _special(found.fields_added),
        "records": _records(row.name, records),
        "reason": row.reason,
        "required": row.required,
        "is_more": True,
    }


def _less(found: Difference) -> dict[str, Any]:
    row, is_gone = found.row, found.after is None
    return {
        "data_type": row.label,
        "tag": {"label": "No longer asked for", "tone": "neutral"} if is_gone else None,
        "actions": "" if is_gone else _actions("May no longer", found.actions_removed, row),
        "fields": _fields("Fields", found.fields_removed, whole=is_gone and row.is_whole),
        "only_identity": False,
        "special": "",
        "records": "",
        "reason": "",
        "required": True,
        "is_more": False,
    }


def _actions(begin: str, actions: tuple[Action, ...], row: AskedType) -> str:
    if not actions:
        return ""
    return f"{begin} {joined([action.value for action in actions])}" + (
        "" if row.fields else " its id and display name"
    )


def _fields(begin: str, fields: tuple[AskedField, ...], *, whole: bool) -> dict[str, Any] | None:
    """The fields by label, each marked when special; those beyond the first few open."""
    if not fields:
        return None
    names = [f"{each.label} (special category)" if each.special else each.label for each in fields]
    many = len(names) > _SHOWN_AT_ONCE
    return {
        "begin": f"All {counted(len(names), 'field')}" if whole else f"{begin} ({len(names)})",
        "names": names,
        "sentence": "" if many else ", ".join(each.label for each in fields),
    }


def _special(fields: tuple[AskedField, ...]) -> str:
    special = [each.label for each in fields if each.special]
    return f"{joined(special)}: special category data" if special else ""


def _records(name: str, records: Mapping[str, int] | None) -> str:
    if records is None:
        return ""
    count = records.get(name, 0)
    return f"{counted(count, 'record')} here now" if count else "No record here now"
