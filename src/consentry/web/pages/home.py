"""A site's home: what needs a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.queries.list_connections import count_by_state
from consentry.connections.queries.needs_attention import pending_requests, quiet_apps
from consentry.connections.queries.reviews import waiting_reviews
from consentry.connections.queries.what_was_told import what_was_told
from consentry.web.answers import LOOKING, answers
from consentry.web.shell import Place, shell
from consentry.web.shown.home import Needs, shown_home
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
    told = (unread, around["notifications"]["unread"])
    shown = shown_home(visit, counts, Needs(pending, reviews, quiet), told)
    return render(request, "sites/home.html", {"shell": around, "home": shown})
