"""A company adds an app of its own."""

from dataclasses import asdict
from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.actions.register_app import name_for_programs, open_to_oauth
from consentry.partners.app_details import AppDetails, check_app
from consentry.partners.models import App, AppKind, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import check_app_name_free
from consentry.rules.app_life import AppStage
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError

MOST_APPS = 50
"""Apps that a company adds by itself: each takes a name that no other app can have."""


def add_own_app(details: AppDetails, kind: AppKind, *, by: CompanyMember, at: datetime) -> App:
    """The app is being written: it works at the company's sandbox, and at no live site before the operator says so.

    Its kind is for good: what it may ask for hangs on it. Raises InvalidError for details that cannot be and a name
    that is taken, NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    check_app(details)
    with change(actor=acting(by), at=at, school=None) as this:
        company = check_member_may(by, CompanyAct.BUILD).company
        check_app_name_free(details.name)
        if App.objects.filter(company=company).count() >= MOST_APPS:
            raise InvalidError("name", f"{company.name} has {MOST_APPS} apps already: ask the operator")
        said = asdict(details) | {"countries": sorted(details.countries), "category": details.category.value}
        app = App.objects.create(
            company=company, kind=kind, stage=AppStage.DRAFT, stage_since=at, is_live=False, registered_at=at,
            application_user=name_for_programs(details.name), **said,
        )  # fmt: skip
        open_to_oauth(app)
        this.record(EventName.APP_REGISTERED, app, kind=app.kind, is_live=False)
    return app
