"""That a browser has signed in to a school from its trust's site: kept in the session until it leaves or ends."""

from datetime import date

from django.http import HttpRequest

from consentry.people.models import Account, User
from consentry.people.queries.accounts import external_account_at
from consentry.people.queries.from_trust import may_be_there
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_KEY = "schools_from_trust"
_LEFT = "schools_left"


class NoLongerThereError(Exception):
    """Somebody who came to this school from a trust may not be there any more. The message is the trust's id."""

    def __init__(self, school: Site, trust: int) -> None:
        super().__init__(str(trust))
        self.school = school
        self.trust = trust


class LeftError(NoLongerThereError):
    """Somebody who came to this school from a trust has left it again."""


def came_from(request: HttpRequest, school: Site) -> int | None:
    """The id of the trust from which this session has come to the school, whether it may still be there or not."""
    return _trust_in(request, _KEY, school)


def left_to(request: HttpRequest, school: Site) -> int | None:
    """The id of the trust to which this session has left the school, and not come again."""
    return _trust_in(request, _LEFT, school)


def check_has_not_left(request: HttpRequest, school: Site) -> None:
    """Raise LeftError where this session has left the school, for a page that says so."""
    trust = left_to(request, school)
    if trust is not None:
        raise LeftError(school, trust)


def account_there(request: HttpRequest, user: User, school: Site, on: date) -> Account | None:
    """The account with which this session is at the school as somebody of its trust; None where it has not come.

    Raises NoLongerThereError where it has come and may not stay: the school has left the trust or disabled the
    account, or the person has lost their account at the trust, the permission or the school.
    """
    trust = came_from(request, school)
    if trust is None:
        return None
    is_of_trust = school.trust is not None and school.trust_id == trust
    account = external_account_at(user, school_id(school), school.trust) if is_of_trust and school.trust else None
    if account is None or not may_be_there(account, on):
        raise NoLongerThereError(school, trust)
    return account


def come(request: HttpRequest, school: Site) -> None:
    """From now on this session is at the school as somebody of its trust. Its key is a new one."""
    request.session[_KEY] = request.session.get(_KEY, {}) | {str(school.id): school.trust_id}
    request.session[_LEFT] = _without(request, _LEFT, school)
    request.session.cycle_key()


def leave(request: HttpRequest, user: User, school: Site, on: date) -> None:
    """From now on it is not. Where it was and might have stayed, it is known to have left."""
    try:
        there = account_there(request, user, school, on)
    except NoLongerThereError:
        there = None
    if there is not None:
        request.session[_LEFT] = request.session.get(_LEFT, {}) | {str(school.id): there.trust_id}
    request.session[_KEY] = _without(request, _KEY, school)


def entered(request: HttpRequest) -> list[int]:
    """The ids of the schools to which this session has come from a trust; it may not be allowed there any more."""
    return [int(school) for school in request.session.get(_KEY, {})]


def _trust_in(request: HttpRequest, key: str, school: Site) -> int | None:
    schools: dict[str, int] = request.session.get(key, {})
    return schools.get(str(school.id))


def _without(request: HttpRequest, key: str, school: Site) -> dict[str, int]:
    schools = request.session.get(key, {})
    return {number: trust for number, trust in schools.items() if number != str(school.id)}
