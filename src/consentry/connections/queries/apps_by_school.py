"""The apps of a trust's schools: one row an app, with where it stands at each school."""

from collections import defaultdict
from dataclasses import dataclass

from consentry.connections.queries.connections_of_trust import StandingAtSchool, connections_of_trust
from consentry.partners.models import App
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class AppAtSchools:
    """One app, and its connections by the school."""

    id: int
    name: str
    company: str
    is_live: bool
    is_suspended: bool
    standings: dict[int, StandingAtSchool]

    def count(self, state: State) -> int:
        """At how many schools it stands so."""
        return sum(each.state is state for each in self.standings.values())


def apps_by_school(trust: SchoolId) -> list[AppAtSchools]:
    """Every app that a school of the trust has a connection with, by name. Inside `reading(trust)`; two queries."""
    found: dict[int, dict[int, StandingAtSchool]] = defaultdict(dict)
    for standing in connections_of_trust(trust):
        found[standing.app][standing.school] = standing
    apps = App.objects.filter(id__in=found).select_related("company").order_by("name")
    return [
        AppAtSchools(app.id, app.name, app.company.name, app.is_live, app.suspended_at is not None, found[app.id])
        for app in apps
    ]


def app_of_trust(trust: SchoolId, app_id: int) -> App:
    """The app, where a school of the trust has a connection with it. In `reading(trust)`; raises App.DoesNotExist."""
    if not connections_of_trust(trust, app_id):
        raise App.DoesNotExist
    return App.objects.select_related("company").get(id=app_id)
