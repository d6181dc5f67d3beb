"""Putting a call on record that could not even be decided: what it asks for is unknown, unreadable or too costly."""

from consentry.connections.reading.plans import refused_unread
from consentry.connections.reading.read import Caller, Door, through_door
from consentry.connections.reading.statement import Statement
from consentry.rules.identity import SchoolId


def refuse(caller: Caller, school: SchoolId, data_type: str, why: str, *, surface: str, enter: Statement) -> Door:
    """Record the refusal and tell how the door stood: before a closed one, that is the answer and what is recorded.

    `data_type` is what was asked for as far as it could be read, `why` names what is wrong and holds no value.
    Raises UnavailableError when the database is away.
    """
    plan = refused_unread(data_type, why, surface)
    return through_door(caller, school, lambda _: plan, {}, enter).door
