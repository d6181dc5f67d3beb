"""Which of a trust's schools an account may sign in to: written, and told, in an open change."""

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import Account, ReachedSchool
from consentry.people.queries.from_trust import reach_of
from consentry.rules.invalid import InvalidError
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.schools.queries import schools_of


def set_school_access(this: Change, account: Account, wanted: SchoolReach) -> None:
    """From now on the account reaches these schools, in an open change at the trust.

    Raises InvalidError for "some" without a school, and for schools that are not the trust's.
    """
    chosen = wanted.schools if wanted.access is SchoolAccess.SOME else frozenset()
    names = dict(schools_of(account.school).filter(id__in=chosen).values_list("id", "name"))
    if chosen - names.keys():
        raise InvalidError("schools", "one of these schools does not belong to the trust")
    if wanted.access is SchoolAccess.SOME and not names:
        raise InvalidError("schools", "choose at least one school, or “No schools”")
    before = reach_of(account)
    account.school_access = wanted.access
    account.save(update_fields=["school_access"])
    account.reached_schools.exclude(reached__in=chosen).delete()
    kept = set(account.reached_schools.values_list("reached", flat=True))
    ReachedSchool.objects.bulk_create(ReachedSchool(account=account, reached_id=each) for each in sorted(chosen - kept))
    this.record(
        EventName.SCHOOL_ACCESS_CHANGED,
        account,
        before=before.access,
        after=wanted.access,
        schools=sorted(names.values()),
    )
