"""That a browser has signed in to a school from its trust's site: kept in the session until it leaves or ends."""

from django.http import HttpRequest

from consentry.schools.models import Site

_KEY = "schools_from_trust"


def has_come(request: HttpRequest, school: Site) -> bool:
    """Whether this session is at the school as somebody of its trust."""
    came: dict[str, int] = request.session.get(_KEY, {})
    return school.trust_id is not None and came.get(str(school.id)) == school.trust_id


def come(request: HttpRequest, school: Site) -> None:
    """From now on this session is at the school as somebody of its trust."""
    request.session[_KEY] = request.session.get(_KEY, {}) | {str(school.id): school.trust_id}


def leave(request: HttpRequest, school: Site) -> None:
    """From now on it is not."""
    came = request.session.get(_KEY, {})
    request.session[_KEY] = {number: trust for number, trust in came.items() if number != str(school.id)}
