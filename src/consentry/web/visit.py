"""Who opens a page at which site: found once for each request, before any view runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from consentry.people.models import Account, User
from consentry.people.queries import account_at, permissions_of
from consentry.rules.identity import SchoolId
from consentry.rules.permissions import Permission, decides_on_apps
from consentry.schools.models import Site, SiteKind
from consentry.schools.queries import school_id, site_by_slug
from consentry.web import addresses

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """A signed-in person with an enabled account at the site, what they may do there today, and when they ask."""

    site: Site
    school: SchoolId
    user: User
    account: Account
    permissions: frozenset[Permission]
    at: datetime

    @property
    def needed_to_decide(self) -> Permission:
        """The permission that approving and rejecting apps needs at this site."""
        return decides_on_apps(is_trust=self.site.kind == SiteKind.TRUST)

    @property
    def may_decide(self) -> bool:
        """Whether the person may approve and reject apps here today."""
        return self.needed_to_decide in self.permissions

    def require_deciding(self) -> None:
        """Raise PermissionDenied, naming the missing permission, when the person may not decide on apps here."""
        if not self.may_decide:
            raise PermissionDenied(self.needs(self.needed_to_decide))

    def needs(self, missing: Permission) -> str:
        """What is said to somebody who may not decide on apps here."""
        return (
            f"To approve or reject apps at {self.site.name} you need the permission “{missing}”. "
            "Your admin team can give it to you."
        )


def at_site(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of a site's page: handed the visit instead of the site's slug.

    Nobody signed in: to the sign-in page, and from there to the page, or to the one whose button was pressed.
    No such site, or no enabled account there: the same 404. No answer is cached.
    """

    @wraps(view)
    def guarded(request: HttpRequest, site: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(_way_back(request, site, kwargs.get("connection")))
        answer = view(request, _visit(request, site), *args, **kwargs)
        answer["Cache-Control"] = "no-store, private"
        patch_vary_headers(answer, ["HX-Request"])
        return answer

    return guarded


def _way_back(request: HttpRequest, slug: str, connection: object) -> str:
    """Where to go on after signing in: what was posted is lost by then, so to the page that it was posted from."""
    if request.method == "POST" and isinstance(connection, int):
        return addresses.app(slug, connection)
    return request.get_full_path()


def _visit(request: HttpRequest, slug: str) -> Visit:
    user, at = request.user, timezone.now()
    try:
        site = site_by_slug(slug)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    account = account_at(user, school_id(site)) if isinstance(user, User) else None
    if account is None or not isinstance(user, User):
        raise Http404
    permissions = permissions_of(account, timezone.localdate(at))
    return Visit(site, school_id(site), user, account, permissions, at)
