"""Where apps stand at one site."""

from collections.abc import Iterable

from consentry.connections.models import Connection
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId


def standings(school: SchoolId, apps: Iterable[int]) -> dict[int, tuple[int, State]]:
    """The connection's id and its state, of those of these apps that asked the site. One query."""
    found = Connection.objects.filter(school=school, app__in=set(apps)).values_list("app_id", "id", "state")
    return {app: (number, State(state)) for app, number, state in found}
