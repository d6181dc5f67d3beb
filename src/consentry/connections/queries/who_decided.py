"""Who decided on a connection, as pages and lists name them."""

from consentry.audit.actor import SYSTEM
from consentry.connections.models import Connection


def who_decided(connection: Connection) -> str:
    """As in "Asha Patel", or "Noah Price (Two Rivers Trust)" of who came from a trust; "" while nobody has.

    At a company's sandbox the product itself may have decided (docs/decisions/34).
    """
    by, trust = connection.decided_by, connection.decided_from
    is_decided = connection.decided_at is not None
    return decider(by.name if by else None, trust.name if trust else None, is_decided=is_decided)


def decider(name: str | None, trust: str | None, *, is_decided: bool = False) -> str:
    """The same of names alone."""
    if name is None and is_decided:
        return SYSTEM.name
    return f"{name} ({trust})" if name and trust else name or ""
