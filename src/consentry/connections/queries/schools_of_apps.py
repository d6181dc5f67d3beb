"""At how many sites apps stand how: one of the few questions that reach across sites."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from consentry.rules.connection_life import State


@dataclass(frozen=True)
class Standings:
    """How many sites have an app in each state."""

    pending: int = 0
    approved: int = 0
    rejected: int = 0


def schools_of_apps(apps: Iterable[int]) -> dict[int, Standings]:
    """Of each of these apps. One query, through the database function connections_of_app."""
    ids = list(apps)
    with connection.cursor() as cursor:
        cursor.execute(
            "select a.id, c.state, count(*) from unnest(%s::bigint[]) as a(id) "
            "cross join lateral connections_of_app(a.id) as c group by a.id, c.state",
            [ids],
        )
        counted = {(app, state): number for app, state, number in cursor.fetchall()}
    return {
        app: Standings(
            *(counted.get((app, state.value), 0) for state in (State.PENDING, State.APPROVED, State.REJECTED))
        )
        for app in ids
    }
