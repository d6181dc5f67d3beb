"""Who opens a page at which site: found once for each request, before any view runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from consentry.people.models import Account, User
from consentry.people.queries.accounts import account_at
from consentry.people.queries.permissions import openings_at, permissions_of
from consentry.rules.identity import SchoolId
from consentry.rules.pages import TITLES, Opening, Page, opens
from consentry.rules.permissions import Level, Permission
from consentry.schools.models import Site
from consentry.schools.queries import school_id, site_by_slug
from consentry.web import addresses
from consentry.web.before import Due, first_due
from consentry.web.came_by import is_vouched_for
from consentry.web.coming_from_trust import NoLongerThereError, account_there, check_has_not_left
from consentry.web.first_entry import tell_of_first_entry
from consentry.web.giver import giver
from consentry.web.shown_out import shown_out
from consentry.web.way_in import VouchedForElsewhereError, to_own_page, to_sign_in

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """A signed-in person with an enabled account at the site, what they may do there today, and when they ask."""

    site: Site
    school: SchoolId
    user: User
    account: Account
    permissions: frozenset[Permission]
    openings: Mapping[Page, Opening]
    at: datetime

    @property
    def today(self) -> date:
        """The day of the visit, in the site's time."""
        return timezone.localdate(self.at)

    def may(self, page: Page) -> bool:
        """Whether the person may use this page of the site today; never one that such a site does not have."""
        return page in self.openings and opens(self.openings[page], self.permissions)

    def require(self, page: Page) -> None:
        """Raise PermissionDenied, naming the missing permission, when the person may not use the page.

        Raises Http404 where such a site has no such page.
        """
        self.require_there(page)
        if not self.may(page):
            raise PermissionDenied(self.lacks(page))

    def require_there(self, page: Page) -> None:
        """Raise Http404 where such a site has no such page: for those that everybody of a site may look at."""
        if page not in self.openings:
            raise Http404

    def missing(self, page: Page) -> Permission:
        """The permission that is named to somebody who may not use this page; to a trust's people one of a trust."""
        opening = self.openings[page]
        theirs = [each for each in opening if Level.TRUST in each.levels] if self.account.trust_id else []
        return (theirs or opening)[0]

    def giver(self, permission: Permission) -> str:
        """Where the person turns for this permission, as a sentence."""
        return giver(self.account, permission, self.today)

    def lacks(self, page: Page, missing: Permission | None = None) -> str:
        """What is said to somebody who may not use this page here."""
        named = missing or self.missing(page)
        return f"{TITLES[page]}: for this you need the permission “{named}” at {self.site.name}. {self.giver(named)}"


def at_site(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of a site's page: handed the visit instead of the site's slug.

    Nobody signed in, or by another site's identity provider: to the sign-in page, and from there to the page, or to the
    one whose button was pressed.
    No such site, or no enabled account there: the same 404; who was here from a trust and may no longer is told so.
    Likewise who has left it.
    What is due before any page (see `before`) comes first.
    No answer is cached.
    """
    return _guarded(view)


def at_site_before(
    due: Due,
) -> Callable[[Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]], Callable[..., HttpResponse]]:
    """The same for the page on which this is done that is due: what comes before it still comes first."""

    def guarding(view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]) -> Callable[..., HttpResponse]:
        return _guarded(view, before=due)

    return guarding


def visit_or_none(request: HttpRequest, slug: str) -> Visit | None:
    """The visit of somebody who may see pages of this site now; None for all others, and while something is due."""
    try:
        visit = _visit(request, slug)
    except (Http404, NoLongerThereError, VouchedForElsewhereError):
        return None
    return visit if first_due(request, visit) is None else None


def _guarded(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse], *, before: Due | None = None
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, site: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(site, _way_back(request, site, kwargs.get("connection")))
        try:
            visit = _visit(request, site)
        except NoLongerThereError as ended:
            answer = shown_out(request, ended)
        except VouchedForElsewhereError:
            answer = to_own_page(site, _way_back(request, site, kwargs.get("connection")))
        else:
            due = first_due(request, visit, before)
            if due is None and before is None:
                tell_of_first_entry(request, visit.user, visit.account)
            answer = due or view(request, visit, *args, **kwargs)
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
    today = timezone.localdate(at)
    account = _account(request, user, site, today) if isinstance(user, User) else None
    if account is None or not isinstance(user, User):
        check_has_not_left(request, site)
        raise Http404
    permissions = permissions_of(account, today)
    return Visit(site, school_id(site), user, account, permissions, openings_at(site.level), at)


def _account(request: HttpRequest, user: User, site: Site, today: date) -> Account | None:
    """The account with which the person is here: that of the trust they came from, or their own.

    Raises VouchedForElsewhereError where they came by single sign-on of neither.
    """
    there = account_there(request, user, site, today)
    if not is_vouched_for(request, there.trust if there and there.trust else site):
        raise VouchedForElsewhereError
    return there or account_at(user, school_id(site))
