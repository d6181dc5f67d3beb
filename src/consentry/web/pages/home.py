"""A site's home: what needs a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.queries.connections_of_trust import count_by_school
from consentry.connections.queries.list_connections import count_by_state
from consentry.connections.queries.needs_attention import pending_requests, quiet_apps
from consentry.connections.queries.reviews import waiting_reviews
from consentry.connections.queries.what_was_told import what_was_told
from consentry.returns.queries.failing import failing_submissions
from consentry.rules.connection_life import State
from consentry.rules.jurisdictions import working_day_before
from consentry.rules.pages import Page
from consentry.schools.queries import schools_of
from consentry.web.answers import LOOKING, answers
from consentry.web.shell import Place, shell
from consentry.web.shown.home import Needs, WaitingSchool, shown_home
from consentry.web.visit import Visit, at_site

_FIRST_FEW = 5


@answers(*LOOKING)
@at_site
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What waits for a person at this site."""
    around = shell(visit, Place.HOME)
    with reading(visit.school):
        unread = list(what_was_told(visit.account, visit.site, only_open=True)[:_FIRST_FEW])
        counts = count_by_state(visit.school)
        pending = pending_requests(visit.school)
        reviews = waiting_reviews(visit.school)
        quiet = quiet_apps(visit.school, at=visit.at)
        failed = failing_submissions(visit.school, working_day_before(visit.today, visit.site.law))
        schools = _schools(visit) if visit.may(Page.APPS_BY_SCHOOL) else None
    told = (unread, around["notifications"]["unread"])
    shown = shown_home(visit, counts, Needs(pending, reviews, quiet, schools, failed), told)
    return render(request, "sites/home.html", {"shell": around, "home": shown})


def _schools(visit: Visit) -> list[WaitingSchool]:
    """The schools of a trust at which requests wait, and how many: the most first. Two queries."""
    counts = count_by_school(visit.school)
    found = [WaitingSchool(each.slug, each.name, counts[each.id, State.PENDING]) for each in schools_of(visit.site)]
    return sorted((each for each in found if each.waiting), key=lambda each: each.waiting, reverse=True)
