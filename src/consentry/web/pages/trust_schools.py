"""The schools of a trust: signing in to one from the trust's site, and leaving it again."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consentry.audit.reading import reading
from consentry.connections.queries.connections_of_trust import count_by_school
from consentry.people.actions.enter_school import enter_school
from consentry.people.models import User
from consentry.people.queries.from_trust import schools_for, way_back
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.rules.reach import CannotEnterError
from consentry.schools.models import Site
from consentry.schools.queries import schools_of, site_by_slug
from consentry.web import addresses, coming_from_trust
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.facts_of_session import facts_of
from consentry.web.forms.schools_query import wanted_schools
from consentry.web.shell import Place, shell
from consentry.web.shown.trust_schools import SchoolRow, school_rows, school_table, shown_schools, wanted_rows, why_not
from consentry.web.visit import Visit, at_site

_MOST_DIGITS = 18


@answers(*LOOKING)
@at_site
def schools(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The trust's schools: what waits there, and the way in."""
    visit.require(Page.SCHOOLS)
    wanted = wanted_schools(request.GET.dict())
    rows = wanted_rows(_schools(visit), wanted)
    context = {"shell": shell(visit, Place.SCHOOLS), "listing": shown_schools(visit, rows, wanted)}
    return render(request, "trust/schools.html", context)


@answers(*LOOKING)
@at_site
def schools_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    visit.require(Page.SCHOOLS)
    rows = wanted_rows(_schools(visit), wanted_schools(request.GET.dict()))
    return file_answer(kind, school_table(rows), f"{visit.site.slug}-schools", visit.at)


def _schools(visit: Visit) -> list[SchoolRow]:
    with reading(visit.school):
        return school_rows(schools_for(visit.account), count_by_school(visit.school))


@answers("POST")
@at_site
def sign_in_to_school(request: HttpRequest, visit: Visit, slug: str) -> HttpResponse:
    """To the school as External Administrator: to its home, or to the connection whose button was pressed."""
    visit.require(Page.SCHOOLS)
    school = schools_of(visit.site).filter(slug=slug).first()
    if school is None:
        raise Http404
    if not _is_there(request, visit, school):
        try:
            enter_school(visit.account, school, facts_of(request, visit.user), at=visit.at)
        except NotPermittedError as lost:  # taken away between opening the page and pressing the button
            raise PermissionDenied(visit.lacks(Page.SCHOOLS, lost.missing)) from lost
        except CannotEnterError as refused:
            messages.error(request, why_not(refused.why, school.name))
            return HttpResponseRedirect(reverse("schools", args=[visit.site.slug]), status=303)
        coming_from_trust.come(request, school)
    return HttpResponseRedirect(_where_to(request, school), status=303)


def _is_there(request: HttpRequest, visit: Visit, school: Site) -> bool:
    """Whether this session is at the school already, and may be."""
    try:
        there = coming_from_trust.account_there(request, visit.user, school, timezone.localdate(visit.at))
    except coming_from_trust.NoLongerThereError:
        return False
    return there is not None


def _where_to(request: HttpRequest, school: Site) -> str:
    """A number that is none of the school's connections leads to its 404, as it would if typed."""
    connection = request.POST.get("connection", "")
    is_number = connection.isascii() and connection.isdecimal() and len(connection) <= _MOST_DIGITS
    return addresses.app(school.slug, int(connection)) if is_number else addresses.home(school.slug)


@answers("POST")
@never_cache
def leave_school(request: HttpRequest, site: str) -> HttpResponse:
    """Away from a school, back to the trust that the person came from: to its schools, where they may see them.

    For somebody who may no longer be there, too, and for who is nobody at the trust any more: then to the start.
    """
    if not isinstance(request.user, User):
        return redirect_to_login(addresses.home(site))
    try:
        school = site_by_slug(site)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    came = coming_from_trust.came_from(request, school) or coming_from_trust.left_to(request, school)
    trust = came or school.trust_id
    today = timezone.localdate()
    coming_from_trust.leave(request, request.user, school, today)
    back = way_back(request.user, trust, today) if trust else None
    if back is None:
        return HttpResponseRedirect(reverse("start"), status=303)
    home, may_see_schools = back
    return HttpResponseRedirect(reverse("schools" if may_see_schools else "home", args=[home.slug]), status=303)
