"""Who opens a page of a company: found once for each request, before any view runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from consentry.partners.models import Company, CompanyMember
from consentry.partners.queries.companies import membership_at
from consentry.people.models import User
from consentry.rules.company_life import CompanyState
from consentry.rules.company_roles import CompanyAct, CompanyRole, NotForThisMemberError, may, who_may
from consentry.web.factor_due import factor_due
from consentry.web.own_sign_in import sign_in_due

P = ParamSpec("P")


@dataclass(frozen=True)
class CompanyVisit:
    """A signed-in member of the company, their role there, and when they ask."""

    company: Company
    member: CompanyMember
    user: User
    role: CompanyRole
    at: datetime

    def may(self, act: CompanyAct) -> bool:
        """Whether the member's role covers this."""
        return may(self.role, act)

    def require(self, act: CompanyAct) -> None:
        """Raise PermissionDenied, naming the roles that do, when the member's role does not cover this."""
        if not self.may(act):
            raise PermissionDenied(self.lacks(act))

    def lacks(self, act: CompanyAct) -> str:
        """What is said to a member whose role does not cover this."""
        needed = " or ".join(role.label for role in who_may(act))
        return f"To {act.value}, you need to be {needed} of {self.company.name}. An Administrator can make you one."


def at_company(
    view: Callable[Concatenate[HttpRequest, CompanyVisit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of a company's page: handed the visit instead of the company's number.

    Nobody signed in: to the sign-in page; by a site's identity provider, whose word counts at that site alone: 403. Not
    a member: the same 404 as for a company there is not. Whoever may do more than look for a company that the operator
    has accepted, whose apps schools' data can reach, uses a second factor first. No answer is cached.
    """

    @wraps(view)
    def guarded(request: HttpRequest, company: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if answer := sign_in_due(request):
            return answer
        visit = _visit(request.user, company)
        due = factor_due(request, visit.user) if _asks_for_factor(visit) else None
        with _as_refused(visit):
            answer = due or view(request, visit, *args, **kwargs)
        answer["Cache-Control"] = "no-store, private"
        patch_vary_headers(answer, ["HX-Request"])
        return answer

    return guarded


@contextmanager
def _as_refused(visit: CompanyVisit) -> Iterator[None]:
    """What a use case refuses is 403, naming the roles that may; what is not there, or another company's, is 404.

    So is everything for who was removed after the page was opened.
    """
    try:
        yield
    except NotForThisMemberError as lost:
        raise PermissionDenied(visit.lacks(lost.act)) from lost
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _asks_for_factor(visit: CompanyVisit) -> bool:
    return visit.company.state == CompanyState.ACCEPTED and visit.role is not CompanyRole.READER


def _visit(user: object, company: int) -> CompanyVisit:
    member = membership_at(user, company) if isinstance(user, User) else None
    if member is None or not isinstance(user, User):
        raise Http404
    return CompanyVisit(member.company, member, user, CompanyRole(member.role), timezone.now())
