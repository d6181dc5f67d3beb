"""Where the apps stand at the schools of a trust: one of the few questions that reach across sites.

Inside `reading(trust)`: the database function of the same name answers for the trust alone that was entered.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from consentry.connections.queries.who_decided import decider
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.rules.review_life import ReviewState

_STANDINGS = """
select c.school_id, c.connection_id, c.app_id, c.state, c.asked_id, asked.number, version.number, c.moves,
       c.requested_at, c.decided_at, reviewed.number, r.state, u.name, t.name
from connections_of_trust(%s) c
left join reviews_of_trust(%s) r on r.connection_id = c.connection_id
left join partners_permissionsetversion reviewed on reviewed.id = r.after_id
join partners_permissionsetversion asked on asked.id = c.asked_id
left join partners_permissionsetversion version on version.id = c.version_id
left join people_user u on u.id = c.decided_by_id
left join schools_site t on t.id = c.decided_from_id
where %s or c.app_id = %s
"""


@dataclass(frozen=True)
class StandingAtSchool:
    """One connection of a school of the trust, without anything of the school's records.

    `asked_id` and `asked` are the id and the number of the version that is asked for, `version` the number of the one
    in force. `reviewed` is the number of the version that the newest review is about, `review` how that stands.
    """

    school: int
    connection: int
    app: int
    state: State
    decided_by: str
    asked_id: int
    asked: int
    version: int | None
    moves: int
    requested_at: datetime
    decided_at: datetime | None
    reviewed: int | None
    review: ReviewState | None


def connections_of_trust(trust: SchoolId, app: int | None = None) -> list[StandingAtSchool]:
    """Every connection of the trust's schools, or those of this app. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, [trust, trust, app is None, app or 0])
        return [_standing(row) for row in cursor.fetchall()]


def _standing(row: tuple[Any, ...]) -> StandingAtSchool:
    school, number, app, state, *facts, by, come_from = row
    facts[-1] = ReviewState(facts[-1]) if facts[-1] else None
    return StandingAtSchool(school, number, app, State(state), decider(by, come_from), *facts)


def count_by_school(trust: SchoolId) -> Counter[tuple[int, State]]:
    """How many connections stand in which state at each of the trust's schools. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select school_id, state, count(*) from connections_of_trust(%s) group by 1, 2", [trust])
        return Counter({(school, State(state)): count for school, state, count in cursor.fetchall()})
