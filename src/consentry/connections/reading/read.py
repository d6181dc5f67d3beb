"""Reading for an app: decide, compile once, and run the one statement that authorises, reads and records."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from psycopg import pq

from consentry.connections.reading.line import line
from consentry.connections.reading.plans import Plan, forget_version, plan_of, version_hint
from consentry.connections.reading.statement import Statement, Value
from consentry.rules.asks import Ask
from consentry.rules.disclosure import Disclosure
from consentry.rules.identity import SchoolId


class Caller(NamedTuple):
    """An app that proved who it is: by one of its secrets, or by a token, which may be bound to one site."""

    app: int
    credential: int | None = None
    token: int | None = None
    bound_to: SchoolId | None = None

    def may_be_at(self, school: SchoolId) -> bool:
        """Whether what the app came with is for this site: of any other it is told what it is told of no site."""
        return self.bound_to is None or self.bound_to == school


LARGE = 1_000
"""Pages of more records than this come from PostgreSQL in pieces (door.behind_door says why)."""

_TRIES = 3
"""How often a call is decided again when the version in force moves under it."""


class Door(Enum):
    """How the door stood when the statement ran; the values are what the statement says."""

    OPEN = "open"
    CREDENTIAL = "credential"
    SUSPENDED = "suspended"
    NONE = "none"
    PENDING = "pending"
    REJECTED = "rejected"
    NOT_LIVE = "not live"
    MOVED = "moved"


_DOORS = {door.value.encode(): door for door in Door}


class Answer(NamedTuple):
    """What came back: how the door stood, what may be seen, and the records as JSON texts.

    `pieces` are those texts with commas between, to be joined by commas: one for a small page, several for a large one.
    """

    door: Door
    disclosure: Disclosure
    pieces: tuple[bytes, ...] = (b"",)
    returned: int = 0
    last: int | None = None


class WrongSiteError(Exception):
    """What the caller came with is bound to another site: a surface let it in without asking."""


class MovingVersionError(Exception):
    """The version in force changed several times during one call."""


def read(
    caller: Caller, school: SchoolId, ask: Ask, values: Mapping[str, Value], *, surface: str, enter: Statement
) -> Answer:
    """Answer the ask from this site's records, as far as the version in force allows, and put the access on record.

    `values` fill the ask's filters, page and address. What can change (state, version, suspension, secrets) is read by
    the statement itself; a version that moved is decided again. Raises UnavailableError when the database is away,
    TooCostlyError when the answer takes too long.
    """
    size = values.get("size")
    is_large = isinstance(size, int) and size > LARGE

    def plan_at(version: int) -> Plan:
        return plan_of(version, ask, surface, is_large=is_large)

    return through_door(caller, school, plan_at, values, enter)


def through_door(
    caller: Caller, school: SchoolId, plan_at: Callable[[int], Plan], values: Mapping[str, Value], enter: Statement
) -> Answer:
    """Run the plan of the version that is in force: where it moved since it was last seen, that of the new one.

    Raises UnavailableError when the database is away, TooCostlyError when the statement takes too long, WrongSiteError
    for a caller who may not be at this site.
    """
    if not caller.may_be_at(school):
        raise WrongSiteError
    for _ in range(_TRIES):
        version = version_hint(school, caller.app)
        answer, now_in_force = _run(plan_at(version), caller, school, version, values, enter)
        if answer.door is Door.OPEN:
            return answer
        forget_version(school, caller.app, now_in_force if answer.door is Door.MOVED else None)
        if answer.door is not Door.MOVED:
            return answer
    raise MovingVersionError


def _run(
    plan: Plan, caller: Caller, school: SchoolId, version: int, values: Mapping[str, Value], enter: Statement
) -> tuple[Answer, int | None]:
    bound = {
        "credential": caller.credential,
        "token": caller.token,
        "app": caller.app,
        "school": school,
        "version": version,
        "planning": plan.planning,
        "sorting": plan.sorting,
        **plan.noted,
        **values,
    }
    result = line().ask((enter, enter.bind(bound)), (plan.statement, plan.statement.bind(bound)))
    get = result.get_value
    body, count, last, door, now_in_force = get(0, 0), get(0, 1), get(0, 2), get(0, 3), get(0, 4)
    answer = Answer(
        door=_DOORS[door or b"credential"],
        disclosure=plan.disclosure,
        pieces=(body or b"",) if result.ntuples == 1 else _pieces(result),
        returned=int(count or 0),
        last=None if last is None else int(last),
    )
    return answer, None if now_in_force is None else int(now_in_force)


def _pieces(result: pq.abc.PGresult) -> tuple[bytes, ...]:
    """The pieces of a large page, in the order of their numbers: they follow the first row in any."""
    found = {int(result.get_value(row, 2) or 0): result.get_value(row, 0) or b"" for row in range(1, result.ntuples)}
    return tuple(found[number] for number in sorted(found))
