"""The lists of a site's Partner Apps page: connections by state, searched, sorted, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from consentry.connections.models import AccessEvent, Connection, Outcome
from consentry.connections.queries.what_is_asked import Extent, extent, what_is_asked
from consentry.connections.queries.who_decided import who_decided
from consentry.partners.models import AppKind
from consentry.partners.queries.own_apps import logo_digest
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId

A_PAGE = 20


class SortedBy(StrEnum):
    """What a list can be sorted by. WHEN: when it was asked, or else decided."""

    APP = "app"
    COMPANY = "company"
    LAST_CALL = "last_call"
    WHEN = "when"


@dataclass(frozen=True)
class Wanted:
    """Which part of a list: `q` is looked for in the names of apps and companies, pages count from 1."""

    state: State
    q: str = ""
    sorted_by: SortedBy = SortedBy.WHEN
    descending: bool = True
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """One connection in a list. `at`: when it was asked, or else decided; `by`: who decided ("" while pending).

    `app_id` and `logo` (the digest, "" for none) say where the app's logo is.
    """

    id: int
    app: str
    company: str
    is_live: bool
    is_suspended: bool
    is_provider: bool
    extent: Extent
    at: datetime
    by: str
    last_call: datetime | None
    app_id: int
    logo: str


@dataclass(frozen=True)
class ListedPage:
    """A page of a list: its rows, how many there are on all pages, its number (the last for one past it)."""

    rows: tuple[Listed, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // A_PAGE))


def count_by_state(school: SchoolId) -> dict[State, int]:
    """How many connections of the site stand in each state."""
    counted = Connection.objects.filter(school=school).values_list("state").annotate(count=Count("id"))
    found = dict(counted.order_by())
    return {state: found.get(state.value, 0) for state in (State.PENDING, State.APPROVED, State.REJECTED)}


def list_connections(school: SchoolId, wanted: Wanted) -> ListedPage:
    """The wanted page of the site's connections in this state. Three queries, however many there are."""
    found = searched(Connection.objects.filter(school=school, state=wanted.state.value), wanted.q)
    total = found.count()
    number = min(max(wanted.page, 1), ListedPage((), total, 1).last)
    start = (number - 1) * A_PAGE
    rows = list(_sorted(found, school, wanted)[start : start + A_PAGE])
    asked = what_is_asked({_shown(row) for row in rows})
    return ListedPage(tuple(_listed(row, extent(asked[_shown(row)])) for row in rows), total, number)


def searched(found: QuerySet[Connection], q: str) -> QuerySet[Connection]:
    """Those of them whose app or company has this in its name; all of them for ""."""
    return found.filter(Q(app__name__icontains=q) | Q(app__company__name__icontains=q)) if q else found


def last_call(school: SchoolId) -> Subquery:
    """When the app of the outer connection was last served at this site: one step in the index of access events."""
    served = AccessEvent.objects.filter(school=school, app_id=OuterRef("app_id"), outcome=Outcome.SERVED)
    return Subquery(served.order_by("-at").values("at")[:1])


def _sorted(found: QuerySet[Connection], school: SchoolId, wanted: Wanted) -> QuerySet[Connection]:
    when = F("requested_at") if wanted.state is State.PENDING else Coalesce("decided_at", "requested_at")
    keys: dict[SortedBy, Lower | F] = {
        SortedBy.APP: Lower("app__name"),
        SortedBy.COMPANY: Lower("app__company__name"),
        SortedBy.LAST_CALL: F("called_at"),
        SortedBy.WHEN: F("at"),
    }
    key = keys[wanted.sorted_by]
    order = key.desc(nulls_last=True) if wanted.descending else key.asc(nulls_last=True)
    annotated = found.annotate(at=when, called_at=last_call(school))
    with_names = annotated.select_related("app__company", "app__picture", "decided_by", "decided_from")
    return with_names.defer("app__picture__png").order_by(order, "id")


def _shown(connection: Connection) -> int:
    """The version that the list tells of: the one in force, or else the one that is asked for."""
    in_force = connection.state == State.APPROVED and connection.version_id
    return in_force or connection.asked_id


def _listed(connection: Connection, its_extent: Extent) -> Listed:
    app = connection.app
    return Listed(
        id=connection.id,
        app=app.name,
        company=app.company.name,
        is_live=app.is_live,
        is_suspended=app.suspended_at is not None,
        is_provider=app.kind == AppKind.DATA_PROVIDER,
        extent=its_extent,
        at=connection.at,  # type: ignore[attr-defined]
        by=who_decided(connection),
        last_call=connection.called_at,  # type: ignore[attr-defined]
        app_id=app.id,
        logo=logo_digest(app),
    )
