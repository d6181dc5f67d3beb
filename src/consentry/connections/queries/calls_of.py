"""What an app did so far at a site: its first and last calls, and its calls by day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from consentry.connections.models import AccessEvent, Outcome
from consentry.rules.identity import SchoolId

DAYS = 14


@dataclass(frozen=True)
class CallsOfDay:
    """How many calls of one day were answered with data, and how many were refused."""

    day: date
    served: int
    refused: int


@dataclass(frozen=True)
class LastCall:
    """The last call whatever its outcome; `why` it was refused as AccessEvent has it, None when it was served."""

    at: datetime
    why: str | None


@dataclass(frozen=True)
class Calls:
    """First and last served call, the latest of all (None: there was none), and each of the last fourteen days.

    The days stand with the oldest first.
    """

    first: datetime | None
    last: datetime | None
    latest: LastCall | None
    days: tuple[CallsOfDay, ...]

    @property
    def served(self) -> int:
        """How many calls of these days were served."""
        return sum(day.served for day in self.days)

    @property
    def refused(self) -> int:
        """How many calls of these days were refused."""
        return sum(day.refused for day in self.days)


def calls_of(school: SchoolId, app_id: int, *, at: datetime) -> Calls:
    """What the app did at this site up to now. Four queries; only the last fourteen days are counted."""
    events = AccessEvent.objects.filter(school=school, app_id=app_id, at__lte=at)
    served = events.filter(outcome=Outcome.SERVED)
    return Calls(
        first=served.order_by("at").values_list("at", flat=True).first(),
        last=served.order_by("-at").values_list("at", flat=True).first(),
        latest=_latest(events),
        days=_by_day(events, timezone.localdate(at)),
    )


def _latest(events: QuerySet[AccessEvent]) -> LastCall | None:
    found = events.order_by("-at", "-id").values_list("at", "outcome", "why").first()
    if found is None:
        return None
    at, outcome, why = found
    return LastCall(at, None if outcome == Outcome.SERVED else why or "")


def start_of_days(today: date) -> datetime:
    """When the first of the days that are counted begins."""
    first = today - timedelta(days=DAYS - 1)
    return timezone.make_aware(datetime.combine(first, datetime.min.time()))


def _by_day(events: QuerySet[AccessEvent], today: date) -> tuple[CallsOfDay, ...]:
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    counted = (
        events.filter(at__gte=start_of_days(today))
        .values(day=TruncDate("at"))
        .annotate(served=Count("id", Q(outcome=Outcome.SERVED)), refused=Count("id", Q(outcome=Outcome.REFUSED)))
        .order_by()
    )
    found = {row["day"]: CallsOfDay(row["day"], row["served"], row["refused"]) for row in counted}
    return tuple(found.get(day, CallsOfDay(day, 0, 0)) for day in days)
