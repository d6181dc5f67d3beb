"""Which calls of an app were refused at a site lately, by what they asked: how often, and when last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Count, F, Max, TextField, Value, When

from consentry.connections.models import AccessEvent, Outcome
from consentry.connections.reading.read import Door
from consentry.rules.identity import SchoolId

MOST_KINDS = 20
"""As many kinds of refused calls are told of, the last first: an app chooses what it asks."""

_NAMES: "ArrayField[list[str], list[str]]" = ArrayField(TextField())
_DOORS = [door.value for door in Door if door not in {Door.OPEN, Door.MOVED}]


@dataclass(frozen=True)
class Refusals:
    """Refused calls of one kind: the code, the data type and what of it was named, under which version."""

    why: str
    data_type: str
    names: tuple[str, ...]
    version: int | None
    times: int
    last: datetime


def refusals_of(
    school: SchoolId, app_id: int, numbers: Mapping[int, int], *, since: datetime, at: datetime
) -> tuple[list[Refusals], int]:
    """The kinds that were refused in this time, the last first, and how many kinds more there were. Two queries.

    `numbers` are those of the app's versions, by id. Before a closed door it does not matter what was asked: those are
    one kind each.
    """
    refused = AccessEvent.objects.filter(
        school=school, app_id=app_id, outcome=Outcome.REFUSED, at__gte=since, at__lte=at
    )
    kinds = (
        refused.annotate(
            asked=Case(When(why__in=_DOORS, then=Value("", TextField())), default=F("data_type")),
            named=Case(When(why__in=_DOORS, then=Value([], _NAMES)), default=F("fields")),
            under=Case(When(why__in=_DOORS, then=None), default=F("version_id")),
        )
        .values("why", "asked", "named", "under")
        .annotate(times=Count("id"), last=Max("at"))
        .order_by("-last", "why")
    )
    rows = list(kinds[: MOST_KINDS + 1])
    more = kinds.count() - MOST_KINDS if len(rows) > MOST_KINDS else 0
    return [_refusals(row, numbers) for row in rows[:MOST_KINDS]], more


def _refusals(row: Mapping[str, Any], numbers: Mapping[int, int]) -> Refusals:
    version = numbers.get(row["under"])
    return Refusals(row["why"] or "", row["asked"], tuple(row["named"]), version, row["times"], row["last"])
