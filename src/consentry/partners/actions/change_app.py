"""A company changes what it says of an app of its own."""

from dataclasses import asdict
from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.app_details import AppDetails, check_app, details_of_app
from consentry.partners.models import App, CompanyMember
from consentry.partners.queries.members import check_member_may
from consentry.partners.queries.own_apps import check_app_name_free, lock_own_app
from consentry.rules.app_life import AppStage
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError

_LOOKED_AT = (AppStage.SUBMITTED, AppStage.ACCEPTED)
"""An app that the operator looks at, or has accepted, keeps the name under which they do: schools trust it."""


def change_app(app_id: int, details: AppDetails, *, by: CompanyMember, at: datetime) -> list[str]:
    """Schools are shown it from now on; the names of what differs.

    Raises InvalidError as add_own_app and for another name once the operator looks at it, App.DoesNotExist for another
    company's, NotForThisMemberError, CompanyMember.DoesNotExist for who was removed.
    """
    check_app(details)
    changed: list[str] = []
    try:
        with change(actor=acting(by), at=at, school=None) as this:
            app: App = lock_own_app(check_member_may(by, CompanyAct.BUILD).company, app_id)
            before, after = _said(details_of_app(app)), _said(details)
            changed = [name for name in after if after[name] != before[name]]
            if "name" in changed and app.stage in _LOOKED_AT:
                raise InvalidError("name", f"the operator knows it as {app.name}: ask them to change the name")
            check_app_name_free(details.name, but=app.id)
            for name in changed:
                setattr(app, name, after[name])
            if changed:
                app.save(update_fields=changed)
                this.record(EventName.APP_CHANGED, app, fields=changed)
    except ChangeWithoutEventError:
        return []
    return changed


def _said(details: AppDetails) -> dict[str, object]:
    """What is said, as it is kept; the same countries in another order are the same."""
    return asdict(details) | {"countries": sorted(details.countries), "category": details.category.value}
