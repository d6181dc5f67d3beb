"""Whether an app is approved at a site."""

from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId


def stands_open(school: SchoolId, application_user: str) -> bool:
    """Whether the site approves the app now, in a transaction of its own."""
    with reading(school):
        approved = Connection.objects.filter(school_id=school, state=State.APPROVED)
        return approved.filter(app__application_user=application_user).exists()
