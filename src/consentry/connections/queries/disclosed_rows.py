"""The list of everything that one app, or every app of a site, uses or asks for: a row for each field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from consentry.connections.models import Connection
from consentry.connections.queries.list_connections import searched
from consentry.connections.queries.what_is_asked import AskedField, AskedType, what_is_asked
from consentry.connections.queries.who_decided import who_decided
from consentry.partners.models import PermissionSetVersion
from consentry.rules.connection_life import State
from consentry.rules.grants import Action
from consentry.rules.identity import SchoolId

IDENTITY = AskedField("", "Identity only (id and display name)", special=False)


@dataclass(frozen=True)
class DisclosedRow:
    """One field of one data type that one app uses (approved) or asks for (pending) or asked for (rejected)."""

    app: str
    company: str
    state: State
    data_type: str
    field: str
    actions: frozenset[Action]
    special: bool
    version: int
    decided_by: str
    decided_at: datetime | None


def disclosed_rows(
    school: SchoolId, connection_id: int | None = None, *, state: State | None = None, q: str = ""
) -> list[DisclosedRow]:
    """The list for one connection of the site (empty for another site's) or for all, by app, data type and field.

    For those in this state and with `q` in the name of the app or the company, as `list_connections` finds them.

    Two queries. A data type that is asked for without any field gives its identity, and has one row that says so.
    """
    found = Connection.objects.filter(school=school)
    found = found.select_related("app__company", "asked", "version", "decided_by", "decided_from")
    if connection_id is not None:
        found = found.filter(id=connection_id)
    if state is not None:
        found = found.filter(state=state.value)
    connections = list(searched(found, q).order_by("app__name"))
    asked = what_is_asked({_version(connection).id for connection in connections})
    return [
        _row(connection, data_type, field)
        for connection in connections
        for data_type in asked[_version(connection).id]
        for field in _fields(data_type)
    ]


def _version(connection: Connection) -> PermissionSetVersion:
    in_force = connection.version if connection.state == State.APPROVED else None
    return in_force or connection.asked


def _fields(data_type: AskedType) -> Iterator[AskedField]:
    yield from data_type.fields or (IDENTITY,)


def _row(connection: Connection, data_type: AskedType, field: AskedField) -> DisclosedRow:
    return DisclosedRow(
        app=connection.app.name,
        company=connection.app.company.name,
        state=State(connection.state),
        data_type=data_type.label,
        field=field.label,
        actions=data_type.actions,
        special=field.special,
        version=_version(connection).number,
        decided_by=who_decided(connection),
        decided_at=connection.decided_at,
    )
