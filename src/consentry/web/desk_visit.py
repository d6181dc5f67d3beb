"""Who opens a page of the operator's desk: found once for each request, before any view runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from consentry.audit.actor import Actor, ActorKind
from consentry.people.models import User
from consentry.people.queries.operators import is_operator
from consentry.web.factor_due import factor_due
from consentry.web.own_sign_in import sign_in_due

P = ParamSpec("P")


@dataclass(frozen=True)
class DeskVisit:
    """One of the operator's people who is signed in with a second factor, and when they ask."""

    user: User
    at: datetime

    @property
    def actor(self) -> Actor:
        """As events name them."""
        return Actor(ActorKind.OPERATOR, self.user.id, self.user.name)


def at_desk(
    view: Callable[Concatenate[HttpRequest, DeskVisit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of the operator's desk, handed the visit.

    Nobody signed in: to the sign-in page; by a site's identity provider, whose word counts at that site alone: 403. Not
    one of the operator's people: the 404 of an address that leads nowhere. A second factor comes before everything. No
    answer is cached.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if answer := sign_in_due(request):
            return answer
        user = request.user
        if not isinstance(user, User) or not is_operator(user):
            raise Http404
        visit = DeskVisit(user, timezone.now())
        answer = factor_due(request, user) or view(request, visit, *args, **kwargs)
        answer["Cache-Control"] = "no-store, private"
        patch_vary_headers(answer, ["HX-Request"])
        return answer

    return guarded
