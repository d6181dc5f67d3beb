"""What a version would mean at the sites that an app is connected to, and how far the newest has come."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from consentry.connections.queries.behind import connections_behind
from consentry.connections.queries.connections_of_app import Standing, connections_of_app
from consentry.connections.queries.differences import differences
from consentry.connections.queries.what_is_asked import AskedType, what_is_asked
from consentry.partners.models import App, PermissionSetVersion
from consentry.rules.connection_life import State

_MOST = 100_000


@dataclass(frozen=True)
class Effect:
    """At how many sites it would be in force at once, open a review, be what a waiting request asks for.

    `unchanged` of those in force at once would see no difference; `rejected` connections keep out as they do now.
    """

    in_force: int
    unchanged: int
    reviews: int
    pending: int
    rejected: int


@dataclass(frozen=True)
class Following:
    """Of all connections how many stand at the newest version, wait for a school's review, are yet to follow."""

    total: int
    behind: int
    in_force: int
    reviews: int

    @property
    def done(self) -> int:
        """How many have been brought along."""
        return self.total - self.behind


def effect_of(app: App, asked: Iterable[AskedType]) -> Effect:
    """What publishing these rows would mean at each site, by the version in force there. Three queries."""
    rows = tuple(asked)
    standings = connections_of_app(app)
    at_version = Counter(each.version for each in standings if each.state == State.APPROVED and each.version)
    found: Counter[str] = Counter()
    for number, before in _rows_of(app, at_version).items():
        changes = differences(before, rows)
        if any(each.asks_more for each in changes):
            found["reviews"] += at_version[number]
        else:
            found["in_force"] += at_version[number]
            found["unchanged"] += 0 if changes else at_version[number]
    states = _states(standings)
    return Effect(
        in_force=found["in_force"],
        unchanged=found["unchanged"],
        reviews=found["reviews"],
        pending=states[State.PENDING.value],
        rejected=states[State.REJECTED.value],
    )


def following(app: App, newest: int) -> Following:
    """How far the newest version has come. Two queries."""
    standings = connections_of_app(app)
    behind = len(connections_behind(app.id, most=_MOST))
    approved = [each for each in standings if each.state == State.APPROVED]
    in_force = sum(each.version == newest for each in approved)
    return Following(len(standings), behind, in_force, max(0, len(approved) - in_force - behind))


def _rows_of(app: App, numbers: Iterable[int]) -> dict[int, tuple[AskedType, ...]]:
    versions = PermissionSetVersion.objects.filter(app=app, number__in=list(numbers)).values_list("id", "number")
    ids = dict(versions)
    return {ids[version]: asked for version, asked in what_is_asked(ids).items()}


def _states(standings: Iterable[Standing]) -> Counter[str]:
    return Counter(each.state for each in standings)
