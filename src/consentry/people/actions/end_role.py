"""Take a business role away again, at once or from the end of a day on."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.give_role import held_through
from consentry.people.administrators import keeping_an_administrator, lock_roles
from consentry.people.models import AdHocPermission, RoleAssignment
from consentry.people.party import Party, actor_of, check_gives, check_party
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.periods import Period, check_period
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def end_role(
    site: Site, account_id: int, assignment_id: int, *, ends_on: date | None, by: Party, at: datetime
) -> RoleAssignment:
    """They hold the role to the end of the day `ends_on`, which may be today; at once no longer where it is None.

    Raises NotPermittedError, CannotGiveError where the role holds what `by` does not, LastAdministratorError,
    RoleAssignment.DoesNotExist for another site's, InvalidError for one that has ended and for a day that cannot be.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, today)
        mine = RoleAssignment.objects.filter(account__school=site, account=account_id)
        assignment = mine.select_related("role", "account__user").get(id=assignment_id)
        check_gives(by, held_through(assignment.role), today)
        with keeping_an_administrator(site, today):
            end(assignment, ends_on, today)
        this.record(
            EventName.ROLE_ENDED,
            assignment,
            account=assignment.account_id,
            role=assignment.role.name,
            ends_on=ends_on.isoformat() if ends_on else None,
        )
    return assignment


def end(held: RoleAssignment | AdHocPermission, ends_on: date | None, today: date) -> None:
    """Let what is held end, in an open change. Raises InvalidError, at `ends_on`.

    What ends at once was held to the end of yesterday; what began today or has not begun is taken out, and the events
    alone tell of it.
    """
    if held.ends_on is not None and held.ends_on < today:
        raise InvalidError("ends_on", "this has ended already")
    if ends_on is not None:
        _check_end(held, ends_on, today)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
    elif held.starts_on >= today:
        type(held).objects.filter(id=held.id).delete()
    else:
        held.ends_on = today - timedelta(days=1)
        held.save(update_fields=["ends_on"])


def _check_end(held: RoleAssignment | AdHocPermission, ends_on: date, today: date) -> None:
    if ends_on < today:
        raise InvalidError("ends_on", "the end cannot be before today")
    check_period(Period(max(held.starts_on, today), ends_on), today=today)
    if held.ends_on is not None and ends_on > held.ends_on:
        raise InvalidError("ends_on", "this ends earlier already; to lengthen it, add it again from the day after")
