"""Publish the next version of what an app asks of every school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.partners.details import check_description, check_reason
from consentry.partners.models import App, AppKind, PermissionRow, PermissionSetVersion
from consentry.records.catalogue import catalogue
from consentry.rules.grants import Action
from consentry.rules.invalid import InvalidError

ALL_FIELDS = ("*",)
ONLY_READ = "a data provider may only read, because it passes data on to others"


@dataclass(frozen=True)
class AskedRow:
    """One row as the company writes it: a data type, its fields (ALL_FIELDS for all), the actions.

    `reason` says in plain words what it is for; `required` whether the app works without it.
    """

    data_type: str
    fields: Sequence[str]
    actions: frozenset[Action]
    reason: str = ""
    required: bool = True


def publish_version(app: App, rows: Sequence[AskedRow], *, note: str, by: Actor, at: datetime) -> PermissionSetVersion:
    """Publish the rows as the app's next version, for good.

    Raises InvalidError as `add_version`.
    """
    with change(actor=by, at=at, school=None) as this:
        App.objects.select_for_update(no_key=True).get(id=app.id)
        return add_version(this, app, rows, note)


def add_version(this: Change, app: App, rows: Sequence[AskedRow], note: str) -> PermissionSetVersion:
    """The next version, in the open change of a use case that has locked the app.

    "All fields" is written out now, so that a field which the catalogue gains later is asked for again. Raises
    InvalidError for no rows, a note that says nothing, and as `check_rows`.
    """
    if not rows:
        raise InvalidError("rows", "a version asks for at least one data type")
    check_rows(app, rows)
    check_description("note", note)
    number = PermissionSetVersion.objects.filter(app=app).count() + 1
    version = PermissionSetVersion.objects.create(app=app, number=number, note=note, published_at=this.at)
    PermissionRow.objects.bulk_create([_row(version, row) for row in rows])
    this.record(EventName.VERSION_PUBLISHED, version, app=app.id, number=number)
    return version


def check_rows(app: App, rows: Sequence[AskedRow]) -> None:
    """Raise InvalidError, naming the row, for what no version can ask for.

    Unknown data types or fields, a data type twice, no action, a reason that cannot be shown, and a data provider that
    asks for more than reading.
    """
    seen: set[str] = set()
    for row in rows:
        if row.data_type in seen:
            raise InvalidError(row.data_type, "stands twice")
        seen.add(row.data_type)
        _check(app, row)


def _check(app: App, row: AskedRow) -> None:
    data_type = catalogue().get(row.data_type)
    if data_type is None:
        raise InvalidError(row.data_type, "is not a data type of the catalogue")
    if row.reason:
        check_reason(row.data_type, row.reason)
    if not row.actions:
        raise InvalidError(row.data_type, "asks for no action")
    if app.kind == AppKind.DATA_PROVIDER and row.actions != {Action.READ}:
        raise InvalidError(row.data_type, ONLY_READ)
    unknown = [] if tuple(row.fields) == ALL_FIELDS else sorted(set(row.fields) - set(data_type.fields))
    if unknown:
        raise InvalidError(f"{row.data_type}.{unknown[0]}", "is not a field of the catalogue")


def _row(version: PermissionSetVersion, row: AskedRow) -> PermissionRow:
    data_type = catalogue()[row.data_type]
    all_fields = tuple(row.fields) == ALL_FIELDS
    return PermissionRow(
        version=version,
        data_type=row.data_type,
        all_fields=all_fields,
        fields=list(data_type.fields) if all_fields else [name for name in data_type.fields if name in set(row.fields)],
        reads=Action.READ in row.actions,
        writes=Action.WRITE in row.actions,
        updates=Action.UPDATE in row.actions,
        deletes=Action.DELETE in row.actions,
        reason=row.reason,
        required=row.required,
    )
