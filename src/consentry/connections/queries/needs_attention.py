"""What on a site's home page waits for a person: requests to decide, and connected apps that stopped calling."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from consentry.connections.models import Connection
from consentry.connections.queries.list_connections import last_call
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId

QUIET_AFTER = timedelta(days=14)
_FIRST_FEW = 5


@dataclass(frozen=True)
class Waiting:
    """One connection that needs a look. `at`: when it was asked, or a quiet app's last call (None: it never called)."""

    id: int
    app: str
    company: str
    at: datetime | None


@dataclass(frozen=True)
class Attention:
    """The first few of a kind, and how many there are."""

    rows: tuple[Waiting, ...]
    count: int


def pending_requests(school: SchoolId) -> Attention:
    """The requests that wait for a decision, the longest waiting first."""
    pending = Connection.objects.filter(school=school, state=State.PENDING.value).order_by("requested_at", "id")
    rows = pending.select_related("app__company")[:_FIRST_FEW]
    found = tuple(Waiting(row.id, row.app.name, row.app.company.name, row.requested_at) for row in rows)
    return Attention(found, pending.count())


def quiet_apps(school: SchoolId, *, at: datetime) -> Attention:
    """Apps approved fourteen days ago or more and not served since then; those that never called first."""
    quiet = _quiet(school, at - QUIET_AFTER)
    rows = quiet.select_related("app__company")[:_FIRST_FEW]
    found = tuple(
        Waiting(row.id, row.app.name, row.app.company.name, row.called_at)  # type: ignore[attr-defined]
        for row in rows
    )
    return Attention(found, quiet.count())


def _quiet(school: SchoolId, since: datetime) -> QuerySet[Connection]:
    approved = Connection.objects.filter(school=school, state=State.APPROVED.value, decided_at__lt=since)
    called = approved.annotate(called_at=last_call(school))
    quiet = called.filter(Q(called_at=None) | Q(called_at__lt=since))
    return quiet.order_by(F("called_at").asc(nulls_first=True), "id")
