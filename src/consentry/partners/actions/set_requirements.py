"""Say what an app's sync needs of a school's records."""

from collections.abc import Sequence
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.partners.details import check_reason
from consentry.partners.models import App, AppRequirement
from consentry.rules.invalid import InvalidError
from consentry.rules.readiness import Check, Need


def set_requirements(app: App, needs: Sequence[Need], *, by: Actor, at: datetime) -> bool:
    """These and no others from now on; whether anything differs.

    Raises InvalidError for a reason that schools cannot be shown, and for a check that stands twice.
    """
    try:
        with change(actor=by, at=at, school=None) as this:
            put_requirements(this, App.objects.select_for_update(no_key=True).get(id=app.id), needs)
    except ChangeWithoutEventError:
        return False
    return True


def put_requirements(this: Change, app: App, needs: Sequence[Need]) -> None:
    """The same in an open change that has locked the app; nothing is recorded where nothing differs."""
    after = _checked(needs)
    kept = AppRequirement.objects.filter(app=app)
    before = dict(kept.values_list("check_name", "reason"))
    if after == before:
        return
    kept.delete()
    AppRequirement.objects.bulk_create(
        AppRequirement(app=app, check_name=name, reason=reason) for name, reason in after.items()
    )
    checks: list[str] = [check.value for check in Check if check.value in after]
    this.record(EventName.APP_NEEDS_DECLARED, app, checks=checks)


def _checked(needs: Sequence[Need]) -> dict[str, str]:
    found: dict[str, str] = {}
    for need in needs:
        if need.check.value in found:
            raise InvalidError(need.check.value, "stands twice")
        check_reason(need.check.value, need.reason)
        found[need.check.value] = need.reason
    return found
