"""The apps of a trust's schools: one row an app, with where it stands at each school."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max

from consentry.connections.queries.connections_of_trust import StandingAtSchool, connections_of_trust
from consentry.partners.models import App
from consentry.rules.connection_life import State
from consentry.rules.identity import SchoolId
from consentry.rules.review_life import ReviewState


@dataclass(frozen=True)
class AppAtSchools:
    """One app, and its connections by the school."""

    id: int
    name: str
    company: str
    is_live: bool
    is_suspended: bool
    standings: dict[int, StandingAtSchool]
    newest: int = 0

    def awaits(self, standing: StandingAtSchool) -> bool:
        """Whether a school that has approved it has not accepted its newest version, yet or at all."""
        return standing.state is State.APPROVED and standing.version is not None and standing.version < self.newest

    def review(self, standing: StandingAtSchool) -> ReviewState | None:
        """How the review of the newest version stands there; None where there is none, or none yet."""
        return standing.review if standing.reviewed == self.newest else None

    def count(self, state: State) -> int:
        """At how many schools it stands so."""
        return sum(each.state is state for each in self.standings.values())


def apps_by_school(trust: SchoolId) -> list[AppAtSchools]:
    """Every app that a school of the trust has a connection with, by name. Inside `reading(trust)`; two queries.

    `newest` is the number of the app's newest version.
    """
    found: dict[int, dict[int, StandingAtSchool]] = defaultdict(dict)
    for standing in connections_of_trust(trust):
        found[standing.app][standing.school] = standing
    apps = App.objects.filter(id__in=found).select_related("company").annotate(newest=Max("versions__number"))
    return [
        AppAtSchools(
            app.id,
            app.name,
            app.company.name,
            app.is_live,
            app.suspended_at is not None,
            found[app.id],
            app.newest or 0,
        )
        for app in apps.order_by("name")
    ]


def app_of_trust(trust: SchoolId, app_id: int) -> App:
    """The app, where a school of the trust has a connection with it. In `reading(trust)`; raises App.DoesNotExist."""
    if not connections_of_trust(trust, app_id):
        raise App.DoesNotExist
    return App.objects.select_related("company").get(id=app_id)
