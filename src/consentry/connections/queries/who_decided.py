"""Who decided on a connection, as pages and lists name them."""

from consentry.connections.models import Connection


def who_decided(connection: Connection) -> str:
    """As in "Asha Patel", or "Noah Price (Two Rivers Trust)" of who came from a trust; "" while nobody has."""
    by, trust = connection.decided_by, connection.decided_from
    return decider(by.name if by else None, trust.name if trust else None)


def decider(name: str | None, trust: str | None) -> str:
    """The same of names alone."""
    return f"{name} ({trust})" if name and trust else name or ""
