"""What one call may see, and why not the rest. Every surface asks this one function."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from consentry.rules.asks import Ask, Operator
from consentry.rules.catalogue import Catalogue, DataType, Kind, Path
from consentry.rules.grants import Action, Grants


class Reason(Enum):
    """Why a path may not be seen or used."""

    UNKNOWN_DATA_TYPE = "unknown data type"
    UNKNOWN_FIELD = "unknown field"
    NOT_A_REFERENCE = "not a reference"
    DATA_TYPE_NOT_GRANTED = "data type not granted"
    FIELD_NOT_GRANTED = "field not granted"
    SECOND_COLLECTION = "second collection"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Refusal:
    """One path that was named and may not be seen: the data type and field that the permission set lacks."""

    path: Path
    reason: Reason
    data_type: str
    field: str | None = None


@dataclass(frozen=True)
class Disclosure:
    """The answer for many fields at once.

    shown: for the data type itself (the empty path) and each expanded path, the fields that may leave.
    named: the paths (as in `shown`) whose displayName holds nothing withheld.
    withheld: fields that were not named and are left out of `shown`, as dotted names.
    refused: what was named and may not be seen; when it is not empty, nothing at all may leave.
    """

    data_type: str
    shown: Mapping[Path, tuple[str, ...]]
    named: frozenset[Path]
    withheld: tuple[str, ...]
    refused: tuple[Refusal, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the call must be answered with a refusal."""
        return bool(self.refused)


def decide(ask: Ask, grants: Grants, catalogue: Catalogue) -> Disclosure:
    """What this ask may see under these grants; deny by default.

    Fields that were named, filtered, sorted or expanded must all be granted, or everything is refused with a reason
    each; fields that were not named are shown where granted and listed as withheld where not. Filters and sorts count
    as reading: a field that may not be read may not be used as an oracle either.
    """
    data_type = catalogue.get(ask.data_type)
    if data_type is None:
        return _refused(ask, Refusal((), Reason.UNKNOWN_DATA_TYPE, ask.data_type))
    if not _may_read(data_type, grants):
        return _refused(ask, Refusal((), Reason.DATA_TYPE_NOT_GRANTED, data_type.name))
    refusals = _refusals(ask, data_type, grants, catalogue)
    if refusals:
        return _refused(ask, *refusals)
    opened = {(): data_type} | {path: _target(path, data_type, catalogue) for path in ask.expanded}
    shown = {path: _shown(path, ask, opened_type, grants) for path, opened_type in opened.items()}
    return Disclosure(
        data_type=data_type.name,
        shown=shown,
        named=frozenset(path for path, opened_type in opened.items() if _may_name(opened_type, grants, catalogue)),
        withheld=_withheld(ask, opened, shown),
        refused=(),
    )


def _refused(ask: Ask, *refusals: Refusal) -> Disclosure:
    return Disclosure(ask.data_type, {}, frozenset(), (), refusals)


def _refusals(ask: Ask, data_type: DataType, grants: Grants, catalogue: Catalogue) -> list[Refusal]:
    """One refusal for each path that was named and may not be seen, in the order they were named."""
    named = [(name,) for name in ask.fields or ()]
    judged = [_judge(path, data_type, grants, catalogue) for path in named]
    judged += [_judge_used(path, data_type, grants, catalogue) for path in ask.used]
    judged += [_judge_expanded(path, data_type, grants, catalogue) for path in ask.expanded]
    if any(condition.operator is Operator.TAGGED for condition in ask.filters):
        judged += _judge_tags(grants, catalogue)
    return list(dict.fromkeys(refusal for refusal in judged if refusal is not None))


def _judge(path: Path, data_type: DataType, grants: Grants, catalogue: Catalogue) -> Refusal | None:
    """The first step of the path that may not be read, or None when all may."""
    here: DataType | None = data_type
    for position, name in enumerate(path):
        if here is None:
            return Refusal(path, Reason.NOT_A_REFERENCE, data_type.name, path[position - 1])
        if not _may_read(here, grants):
            return Refusal(path, Reason.DATA_TYPE_NOT_GRANTED, here.name)
        if name == "id":
            data_type, here = here, None
            continue
        field = here.fields.get(name)
        if field is None:
            return Refusal(path, Reason.UNKNOWN_FIELD, here.name, name)
        if name not in grants[here.name].fields:
            return Refusal(path, Reason.FIELD_NOT_GRANTED, here.name, name)
        data_type, here = here, catalogue.get(field.target)
    return None


def _judge_used(path: Path, data_type: DataType, grants: Grants, catalogue: Catalogue) -> Refusal | None:
    """As _judge, and every step but the last must lead to one record: there is no comparing with a list of them."""
    refusal = _judge(path, data_type, grants, catalogue)
    for position, name in enumerate(path[:-1] if refusal is None else ()):
        here = _target(path[:position], data_type, catalogue)
        if here.fields[name].kind is Kind.COLLECTION:
            return Refusal(path, Reason.NOT_A_REFERENCE, here.name, name)
    return refusal


_TAGGINGS = "Tagging"
_READ_OF_TAGS: tuple[Path, ...] = (("taggedObject",), ("tag", "tagIdentifier"), ("startDate",), ("endDate",))
"""What a filter by tag tells, as fields of the taggings behind it."""


def _judge_tags(grants: Grants, catalogue: Catalogue) -> list[Refusal | None]:
    """Asking which records have a tag is reading the tags: what a listing of taggings would need is needed."""
    taggings = catalogue.get(_TAGGINGS)
    if taggings is None:
        return [Refusal((), Reason.UNKNOWN_DATA_TYPE, _TAGGINGS)]
    if not _may_read(taggings, grants):
        return [Refusal((), Reason.DATA_TYPE_NOT_GRANTED, _TAGGINGS)]
    return [_judge(path, taggings, grants, catalogue) for path in _READ_OF_TAGS]


def _judge_expanded(path: Path, data_type: DataType, grants: Grants, catalogue: Catalogue) -> Refusal | None:
    """As _judge, and what the path leads to must be of one known type that may be read.

    A path goes through one collection at most: through a second one, and back, records would multiply without bound.
    """
    refusal = _judge(path, data_type, grants, catalogue) or _second_collection(path, data_type, catalogue)
    if refusal is not None:
        return refusal
    target = _leads_to(path, data_type, catalogue)
    if target is None:
        return Refusal(path, Reason.NOT_A_REFERENCE, _target(path[:-1], data_type, catalogue).name, path[-1])
    return None if _may_read(target, grants) else Refusal(path, Reason.DATA_TYPE_NOT_GRANTED, target.name)


def _second_collection(path: Path, data_type: DataType, catalogue: Catalogue) -> Refusal | None:
    here: DataType | None = data_type
    collections = 0
    for name in path:
        field = here.fields.get(name) if here else None
        if here is None or field is None:
            return None
        collections += field.kind is Kind.COLLECTION
        if collections > 1:
            return Refusal(path, Reason.SECOND_COLLECTION, here.name, name)
        here = catalogue.get(field.target)
    return None


def _leads_to(path: Path, data_type: DataType, catalogue: Catalogue) -> DataType | None:
    here: DataType | None = data_type
    for name in path:
        field = here.fields.get(name) if here else None
        here = catalogue.get(field.target) if field else None
    return here


def _target(path: Path, data_type: DataType, catalogue: Catalogue) -> DataType:
    target = _leads_to(path, data_type, catalogue)
    if target is None:  # pragma: no cover - judged before
        raise KeyError(path)
    return target


def _shown(path: Path, ask: Ask, data_type: DataType, grants: Grants) -> tuple[str, ...]:
    granted = grants[data_type.name].fields
    if path == () and ask.fields is not None:
        opened = {step[0] for step in ask.expanded}
        return tuple(name for name in data_type.fields if name in ask.fields or name in opened)
    return tuple(name for name in data_type.fields if name in granted)


def _withheld(ask: Ask, opened: Mapping[Path, DataType], shown: Mapping[Path, tuple[str, ...]]) -> tuple[str, ...]:
    """What the caller did not name and does not get. Nothing is withheld from a caller who named the fields."""
    return tuple(
        ".".join((*path, name))
        for path, data_type in opened.items()
        if not (path == () and ask.fields is not None)
        for name in data_type.fields
        if name not in shown[path]
    )


def _may_read(data_type: DataType, grants: Grants) -> bool:
    grant = grants.get(data_type.name)
    return grant is not None and grant.allows(Action.READ)


def _may_name(data_type: DataType, grants: Grants, catalogue: Catalogue) -> bool:
    """Whether every field that the displayName is made of may be read."""
    paths = [path for part in data_type.display for path in part]
    return bool(paths) and all(_judge(path, data_type, grants, catalogue) is None for path in paths)
