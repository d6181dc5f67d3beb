"""What versions of permission sets ask for, in the catalogue's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from consentry.partners.actions.publish_version import ALL_FIELDS, AskedRow
from consentry.partners.models import PermissionRow
from consentry.records.catalogue import catalogue
from consentry.rules.grants import Action, Grant


@dataclass(frozen=True)
class AskedField:
    """One field that is asked for; `special` marks special-category data (UK GDPR Article 9, and SEN)."""

    name: str
    label: str
    special: bool


@dataclass(frozen=True)
class AskedType:
    """One data type of a version: its name for many, its fields in the catalogue's order, whether all, the actions.

    `reason` is the company's; `required` whether the app works without it.
    """

    name: str
    label: str
    fields: tuple[AskedField, ...]
    is_whole: bool
    actions: frozenset[Action]
    reason: str = ""
    required: bool = True

    @property
    def special(self) -> tuple[str, ...]:
        """The labels of its special-category fields."""
        return tuple(field.label for field in self.fields if field.special)


@dataclass(frozen=True)
class Extent:
    """How much a version asks for: how many data types, fields, and special-category fields among them."""

    data_types: int
    fields: int
    special: int


def what_is_asked(versions: Iterable[int]) -> dict[int, tuple[AskedType, ...]]:
    """What these versions ask for, by the version's id, sorted by label. One query for all of them."""
    found: dict[int, list[AskedType]] = {version: [] for version in versions}
    for row in PermissionRow.objects.filter(version__in=found):
        found[row.version_id].append(asked_type(row.facts(), row.reason, required=row.required))
    return {version: tuple(sorted(rows, key=lambda each: each.label)) for version, rows in found.items()}


def asked_of_rows(rows: Iterable[AskedRow]) -> tuple[AskedType, ...]:
    """The same of rows that are not published yet, sorted by label: "all fields" are those that there are now."""
    found = (asked_type(_grant(row), row.reason, required=row.required) for row in rows)
    return tuple(sorted(found, key=lambda each: each.label))


def _grant(row: AskedRow) -> Grant:
    data_type = catalogue().get(row.data_type)
    is_all = tuple(row.fields) == ALL_FIELDS and data_type is not None
    return Grant(row.data_type, frozenset(data_type.fields if is_all and data_type else row.fields), row.actions)


def extent(asked: Iterable[AskedType]) -> Extent:
    """How much that is."""
    rows = list(asked)
    return Extent(len(rows), sum(len(row.fields) for row in rows), sum(len(row.special) for row in rows))


def asked_type(grant: Grant, reason: str = "", *, required: bool = True) -> AskedType:
    """One row in the catalogue's words."""
    data_type = catalogue().get(grant.data_type)
    if data_type is None:  # a published version is for good, the catalogue may lose a data type
        fields = tuple(AskedField(name, name, special=False) for name in sorted(grant.fields))
        return AskedType(grant.data_type, grant.data_type, fields, False, grant.actions, reason, required)  # noqa: FBT003 - the fields in order
    known = [field for field in data_type.fields.values() if field.name in grant.fields]
    fields = tuple(AskedField(field.name, field.label, field.special) for field in known)
    is_whole = grant.fields >= set(data_type.fields)
    return AskedType(data_type.name, data_type.plural, fields, is_whole, grant.actions, reason, required)
