"""Who did it: a person, an app, or the program itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What sort of party acts."""

    USER = "user"
    APP = "app"
    OPERATOR = "operator"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """The party that an event names; `id` is its number among its kind, `name` what it was called then."""

    kind: ActorKind
    id: int | None
    name: str


OPERATOR = Actor(ActorKind.OPERATOR, None, "Operator at the command line")
SYSTEM = Actor(ActorKind.SYSTEM, None, "Consentry")
