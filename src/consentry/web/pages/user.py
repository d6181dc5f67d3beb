"""One person of a site: who they are, what they may do and why, when they signed in."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from consentry.people.models import Account
from consentry.people.queries.email_changes import underway
from consentry.people.queries.roles import assignments_of, single_permissions_of
from consentry.people.queries.sign_ins import sign_ins_of
from consentry.people.queries.sources import sources_of
from consentry.people.queries.users import named
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import is_vouched_for_everywhere
from consentry.web.shell import Place, shell
from consentry.web.shown.user import TABLES, shown_acts, shown_held, shown_sign_ins, shown_user
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def user(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """A page, or the slide-over of it for htmx. Everybody may see their own."""
    if user != visit.account.id:
        visit.require(Page.USERS)
    account = found(visit, user)
    htmx = HtmxDetails(request)
    if htmx and not htmx.history_restore_request:
        context = {"shell": {"site": {"is_dummy": visit.site.is_dummy}}, **_context(request, visit, account)}
        return render(request, "users/user.html#slide_over", context)
    context = {"shell": shell(visit, Place.USERS), **_context(request, visit, account)}
    return render(request, "users/user.html", context)


def found(visit: Visit, number: int) -> Account:
    """The account of this number, with its shown name. Raises Http404 for another site's."""
    try:
        return named(visit.site, number)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _context(request: HttpRequest, visit: Visit, account: Account) -> dict[str, Any]:
    is_them = account == visit.account and is_vouched_for_everywhere(request)
    sources = sources_of(account, timezone.localdate(visit.at))
    return {
        "user": shown_user(visit, account, sources, underway(account.user, visit.at), is_them=is_them),
        "held": shown_held(visit, account, assignments_of(account), single_permissions_of(account)),
        "listing": shown_sign_ins(visit, sign_ins_of(account)),
        "acts": shown_acts(visit, account),
        **TABLES,
    }
