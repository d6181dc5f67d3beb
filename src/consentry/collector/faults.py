"""Faults that can be switched on, so that a sender can be tried: all workers share them."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from consentry.collector.database import Database
from consentry.collector.schema import Judge


class Fault(StrEnum):
    """What goes wrong."""

    NONE = "none"
    ERROR = "error"
    TOO_MANY = "too_many"
    SLOW = "slow"
    DROP = "drop"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a word
    WRONG_SECRET = "wrong_secret"  # noqa: S105 - a word


OF_SUBMISSIONS: Final = frozenset(Fault) - {Fault.NONE, Fault.WRONG_SECRET}
OF_TOKENS: Final = frozenset({Fault.WRONG_SECRET})
_DAY: Final = 86_400
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["fault"],
    "properties": {
        "fault": {"enum": [each.value for each in Fault]},
        "times": {"type": ["integer", "null"], "minimum": 1, "maximum": 1_000_000},
        "retry_after": {"type": "integer", "minimum": 0, "maximum": _DAY},
        "seconds": {"type": "number", "minimum": 0, "maximum": _DAY},
    },
}
_JUDGE: Final = Judge(_SCHEMA)


@dataclass(frozen=True, slots=True)
class Switched:
    """The fault that is on, and how often it will show yet (None: until another is switched on)."""

    fault: Fault = Fault.NONE
    times: int | None = None
    retry_after: int = 5
    seconds: float = 30

    def as_json(self) -> dict[str, Any]:
        """As it is answered."""
        return asdict(self)


def read_switch(body: Any) -> Switched:
    """What a request to switch says. Raises FlawedError."""
    _JUDGE.check(body)
    times = body.get("times")
    return Switched(**{**body, "fault": Fault(body["fault"]), "times": None if times is None else int(times)})


def switch(database: Database, to: Switched) -> None:
    """From now on this fault shows, and no other."""
    row = [to.fault.value, to.times, to.retry_after, to.seconds]
    with database.changing() as connection:
        connection.execute(
            "insert or replace into faults (one, fault, times, retry_after, seconds) values (1, ?, ?, ?, ?)", row
        )


def switched(database: Database) -> Switched:
    """The fault that is on."""
    row = database.reading.execute("select fault, times, retry_after, seconds from faults").fetchone()
    return Switched(Fault(row[0]), *row[1:]) if row else Switched()


def strikes(database: Database, kinds: frozenset[Fault]) -> Switched:
    """The fault that shows now, if it is of these kinds: it counts as shown once more."""
    now = switched(database)
    if now.fault in kinds and now.times is not None:
        with database.changing() as connection:
            now = switched(database)  # another request may have been shown the last
            if now.fault in kinds and now.times is not None:
                left = now.times - 1
                connection.execute("update faults set times = ?, fault = iif(? > 0, fault, 'none')", [left, left])
    return now if now.fault in kinds else Switched()
