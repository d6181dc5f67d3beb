"""Where what somebody may do comes from, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from consentry.people.models import Account, UserType
from consentry.people.queries.accounts import account_at
from consentry.people.queries.permissions import current, permissions_of
from consentry.rules.identity import SchoolId
from consentry.rules.permissions import Permission


@dataclass(frozen=True)
class Source:
    """One way by which an account holds a permission today: a role, or singly (`role` is ""), to the end of `until`.

    `works_here` is untrue of what somebody of a trust holds there for the trust's schools.
    """

    permission: Permission
    role: str
    until: date | None
    works_here: bool = True


def sources_of(account: Account, on: date) -> list[Source]:
    """All of them, by permission; of an External Administrator those at the trust that they carry into the school."""
    if account.user_type == UserType.EXTERNAL:
        return _carried(account, on)
    level = account.school.level
    found = [
        Source(each.permission, each.role, each.until, works_here=level in each.permission.levels)
        for each in _held(account, on)
    ]
    return sorted(found, key=_order)


def _carried(account: Account, on: date) -> list[Source]:
    at_trust = account_at(account.user, SchoolId(account.trust_id)) if account.trust_id else None
    carried = permissions_of(account, on)
    found = _held(at_trust, on) if at_trust else iter(())
    return sorted((each for each in found if each.permission in carried), key=_order)


def _held(account: Account, on: date) -> Iterator[Source]:
    for held in account.assignments.filter(current(on)).select_related("role"):
        for name in held.role.permissions:
            yield Source(Permission(name), held.role.name, held.ends_on)
    for given in account.ad_hoc_permissions.filter(current(on)):
        yield Source(Permission(given.permission), "", given.ends_on)


def _order(source: Source) -> tuple[bool, str, str]:
    return not source.works_here, source.permission.value, source.role
