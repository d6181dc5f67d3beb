"""One app at the schools of a trust, as it stands for one of the trust's people: what they can decide there."""

from dataclasses import dataclass
from datetime import date

from consentry.connections.queries.connections_of_trust import StandingAtSchool, connections_of_trust
from consentry.partners.models import App
from consentry.people.models import Account
from consentry.people.queries.from_trust import SchoolForMe, schools_for
from consentry.people.queries.permissions import held_by, opening_of
from consentry.people.queries.second_factor import demands_at
from consentry.rules.connection_life import Move, State
from consentry.rules.pages import Page, opens
from consentry.rules.permissions import Level
from consentry.rules.reach import held_at_school
from consentry.rules.second_factor import Coming, Demand, is_due
from consentry.rules.trust_decisions import AppAtSchool, Obstacle, Presence, obstacle_of
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class AppForMe:
    """The app at one school: its connection there (None: it never asked), and how the person stands."""

    school: SchoolForMe
    standing: StandingAtSchool | None
    presence: Presence
    app: AppAtSchool

    @property
    def site(self) -> Site:
        """The school's site."""
        return self.school.site

    def obstacle(self, decision: Move) -> Obstacle | None:
        """What is in the way of this decision here, None where nothing is."""
        return obstacle_of(self.presence, self.app, decision)


def app_in_trust(at_trust: Account, app: App, coming: Coming, on: date) -> list[AppForMe]:
    """The app at every school of the trust, by the school's name. Inside `reading(trust)`; ten queries at most."""
    standings = {each.school: each for each in connections_of_trust(school_id(at_trust.school), app.id)}
    held = held_at_school(held_by(at_trust, on))
    is_permitted = opens(opening_of(Page.PARTNER_APPS, Level.SCHOOL), held)
    schools = schools_for(at_trust)
    demands = demands_at([each.site.id for each in schools])
    return [
        AppForMe(
            each,
            standings.get(each.site.id),
            _presence(each, is_due(demands.get(each.site.id, Demand()), coming), is_permitted=is_permitted),
            _app(app, each.site, standings.get(each.site.id)),
        )
        for each in schools
    ]


def _presence(school: SchoolForMe, factor_is_due: bool, *, is_permitted: bool) -> Presence:  # noqa: FBT001
    return Presence(
        is_reached=school.is_reached,
        is_permitted=is_permitted,
        has_entered=school.account is not None,
        is_shut_out=school.is_shut_out,
        terms_wait=school.terms_wait,
        factor_is_due=factor_is_due,
    )


def _app(app: App, site: Site, standing: StandingAtSchool | None) -> AppAtSchool:
    return AppAtSchool(
        state=standing.state if standing else State.NONE,
        app_is_live=app.is_live,
        app_is_suspended=app.suspended_at is not None,
        site_is_dummy=site.is_dummy,
    )
