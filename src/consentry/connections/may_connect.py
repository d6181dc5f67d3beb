"""Whether a site may connect an app now, whatever stands between the two already."""

from consentry.partners.models import App
from consentry.partners.queries.sandboxes import is_sandbox_of_others
from consentry.rules.app_life import AppStage
from consentry.rules.company_life import CompanyState
from consentry.rules.connection_life import MoveRefusal, may_open
from consentry.schools.models import Site


def in_the_apps_way(app: App, site: Site) -> MoveRefusal | None:
    """Why this site cannot connect the app now; None where it can.

    Before the operator has accepted an app and its company, it is connected at the company's own sandbox alone: anybody
    can register a company, and a dummy site is a real school's, which tries itself out with its own people. And a
    sandbox connects no other company's apps: whoever builds there could else write to that company as a school.
    """
    if is_sandbox_of_others(site, app.company):
        return MoveRefusal.OTHERS_SANDBOX
    if app.suspended_at is not None:
        return MoveRefusal.APP_SUSPENDED
    if not may_open(app_is_live=app.is_live, site_is_dummy=site.is_dummy):
        return MoveRefusal.APP_NOT_LIVE
    is_let_in = app.is_live or _is_accepted(app) or app.company.sandbox_id == site.id
    return None if is_let_in else MoveRefusal.APP_NOT_ACCEPTED


def _is_accepted(app: App) -> bool:
    return app.stage == AppStage.ACCEPTED and app.company.state == CompanyState.ACCEPTED
