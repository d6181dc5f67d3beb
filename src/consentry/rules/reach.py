"""How far a person reaches: from a trust's site into its schools, and what they may give to others."""

from dataclasses import dataclass
from enum import StrEnum

from consentry.rules.permissions import Level, Permission


class SchoolAccess(StrEnum):
    """Which of a trust's schools somebody of the trust may sign in to."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


def held_at_school(held_at_trust: frozenset[Permission]) -> frozenset[Permission]:
    """What somebody of the trust, signed in to one of its schools, may do there.

    The school-level permissions of their roles at the trust, and "User Details: Manage All Users", which opens at a
    school what it opens at the trust. Nothing without "Group: Login to MIS: Associated institutions".
    """
    if Permission.GROUP_LOGIN_TO_SCHOOLS not in held_at_trust:
        return frozenset()
    carried = {each for each in held_at_trust if Level.SCHOOL in each.levels}
    return frozenset(carried | (held_at_trust & {Permission.GROUP_MANAGE_USERS}))


def can_be_held_at(level: Level) -> tuple[Permission, ...]:
    """What a role of a site of this level may hold: at a trust also what works in the trust's schools."""
    return tuple(each for each in Permission if level is Level.TRUST or level in each.levels)


def works_at(permission: Permission, level: Level) -> bool:
    """Whether anybody can hold it at a site of this level: at a school also somebody of its trust."""
    return level in permission.levels or (level is Level.SCHOOL and permission in held_at_school(frozenset(Permission)))


class CannotGiveError(Exception):
    """Somebody is to give, or to take away, what they do not hold themselves; `missing` names it."""

    def __init__(self, missing: tuple[Permission, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class CannotGiveForSoLongError(CannotGiveError):
    """Somebody is to give what they hold themselves, but not to the end of the time for which they would give it."""


def check_may_give(given: frozenset[Permission], held: frozenset[Permission]) -> None:
    """Raise CannotGiveError, naming what is missing, unless who gives holds all of it."""
    missing = tuple(sorted(given - held))
    if missing:
        raise CannotGiveError(missing)


def check_may_give_to_the_end(given: frozenset[Permission], held_then: frozenset[Permission]) -> None:
    """Raise CannotGiveForSoLongError, naming what is missing, unless who gives holds all of it on the last day too."""
    missing = tuple(sorted(given - held_then))
    if missing:
        raise CannotGiveForSoLongError(missing)


class EntryRefusal(StrEnum):
    """Why somebody of a trust cannot sign in to a school."""

    NOT_REACHED = "not reached"
    DISABLED_THERE = "disabled there"


class CannotEnterError(Exception):
    """Somebody of a trust cannot sign in to this school from there; `why` tells the reason."""

    def __init__(self, why: EntryRefusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class SchoolReach:
    """Which of a trust's schools somebody may sign in to; `schools` are their ids where the access is to some."""

    access: SchoolAccess
    schools: frozenset[int] = frozenset()

    def reaches(self, school: int) -> bool:
        """Whether this school, one of the trust's, is among them."""
        return self.access is SchoolAccess.ALL or (self.access is SchoolAccess.SOME and school in self.schools)


class CannotGiveReachError(Exception):
    """Somebody is to give, or to take away, access to schools that they do not reach themselves."""


def check_may_change_reach(before: SchoolReach, after: SchoolReach, own: SchoolReach) -> None:
    """Raise CannotGiveReachError unless who changes it reaches every school that is given or taken away.

    All schools, which takes in those that join later, is given and taken away by somebody who reaches all.
    """
    if own.access is SchoolAccess.ALL or before == after:
        return
    if SchoolAccess.ALL in {before.access, after.access}:
        raise CannotGiveReachError
    if not all(own.reaches(each) for each in before.schools ^ after.schools):
        raise CannotGiveReachError
