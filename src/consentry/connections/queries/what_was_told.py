"""What an account was told at a site, and how those requests that were decided since were decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from consentry.connections.models import Connection
from consentry.connections.queries.who_decided import decider
from consentry.people.models import Account, Notification
from consentry.people.queries.notifications import notifications_of
from consentry.rules.connection_life import State
from consentry.schools.models import Site


@dataclass(frozen=True)
class Decided:
    """How, by whom and when a request was decided, last of all."""

    state: State
    by: str
    at: datetime


def what_was_told(account: Account, site: Site, *, only_open: bool = False) -> QuerySet[Notification]:
    """What the account was told here, the newest first, each with the decision since (see `decided_since`).

    Only the open ones: those that the account has not read and that nobody has decided since.
    """
    address = Concat(Value(f"/{site.slug}/partner-apps/", TextField()), Cast("id", TextField()))
    since = Connection.objects.filter(school=site, decided_at__gte=OuterRef("made_at")).annotate(address=address)
    decision = since.filter(address=OuterRef("path"))
    told = notifications_of(account).annotate(
        decision=Subquery(decision.values("state")),
        decided_by=Subquery(decision.values("decided_by__name")),
        decided_from=Subquery(decision.values("decided_from__name")),
        decided_at=Subquery(decision.values("decided_at")),
    )
    return told.filter(read_at=None, decision=None) if only_open else told


def decided_since(told: Notification) -> Decided | None:
    """The decision on the request that this one, of `what_was_told`, is about; None while it is open."""
    if not told.decision:  # type: ignore[attr-defined]
        return None
    by = decider(told.decided_by, told.decided_from)  # type: ignore[attr-defined]
    return Decided(State(told.decision), by, told.decided_at)  # type: ignore[attr-defined]
