"""How far a person reaches: from a trust's site into its schools, and what they may give to others."""

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


class CannotGiveError(Exception):
    """Somebody is to give, or to take away, what they do not hold themselves; `missing` names it."""

    def __init__(self, missing: tuple[Permission, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def check_may_give(given: frozenset[Permission], held: frozenset[Permission]) -> None:
    """Raise CannotGiveError, naming what is missing, unless who gives holds all of it."""
    missing = tuple(sorted(given - held))
    if missing:
        raise CannotGiveError(missing)
