"""A data provider declares an app that gets schools' data through it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.details import check_name, check_website
from consentry.partners.models import App, AppBehind, AppKind, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import lock_own_app
from consentry.rules.app_life import Category
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class NewAppBehind:
    """What schools are shown of it."""

    name: str
    company: str
    website: str
    category: Category


def add_app_behind(app_id: int, wanted: NewAppBehind, *, by: CompanyMember, at: datetime) -> AppBehind:
    """Schools see it under the provider from now on.

    Raises InvalidError for an app that is no data provider, one declared already and details that cannot be,
    App.DoesNotExist for another company's, NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    check_name("name", wanted.name)
    check_name("company", wanted.company)
    check_website("website", wanted.website)
    with change(actor=acting(by), at=at, school=None) as this:
        app: App = lock_own_app(check_member_may(by, CompanyAct.BUILD).company, app_id)
        if app.kind != AppKind.DATA_PROVIDER:
            raise InvalidError("name", f"{app.name} is a direct partner: only a data provider has apps behind it")
        if AppBehind.objects.filter(provider=app, name__iexact=wanted.name, ended_at=None).exists():
            raise InvalidError("name", f"{wanted.name} is declared already")
        behind = AppBehind.objects.create(provider=app, added_at=at, **asdict(wanted))
        this.record(EventName.APP_BEHIND_ADDED, behind, app=app.id)
    return behind
