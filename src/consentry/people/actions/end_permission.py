"""Take a single permission away before its time."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.end_role import end
from consentry.people.administrators import lock_roles
from consentry.people.models import AdHocPermission
from consentry.people.party import Party, actor_of, check_gives, check_party
from consentry.rules.pages import Page
from consentry.rules.permissions import Permission
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def end_permission(site: Site, account_id: int, given_id: int, *, by: Party, at: datetime) -> AdHocPermission:
    """They hold it no longer. It had an end, so no site keeps its last administrator through it.

    Raises NotPermittedError, CannotGiveError where `by` does not hold it, AdHocPermission.DoesNotExist for another
    site's, InvalidError for one that has ended.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.PERMISSIONS, today)
        mine = AdHocPermission.objects.filter(account__school=site, account=account_id)
        given = mine.select_related("account__user").get(id=given_id)
        check_gives(by, frozenset({Permission(given.permission)}), today)
        end(given, None, today)
        this.record(EventName.PERMISSION_ENDED, given, account=given.account_id)
    return given
