"""The first page of the operator's desk: what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from consentry.partners.queries.desk_apps import count_apps, count_running, list_apps
from consentry.partners.queries.desk_companies import count_companies, list_companies
from consentry.partners.queries.listing import Wanted
from consentry.partners.queries.troubles import count_troubles
from consentry.partners.queries.wishes import count_wishes, list_wishes
from consentry.returns.queries.standings import standings
from consentry.rules.app_life import AppStage
from consentry.rules.company_life import CompanyState
from consentry.rules.wish_life import WishState
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.shown.operator.home import Counts, Waiting, shown_desk

_COMPANIES = Wanted("since", chosen={"state": CompanyState.WAITING.value})
_APPS = Wanted("since", chosen={"stage": AppStage.SUBMITTED.value})
_WISHES = Wanted("asked", chosen={"state": WishState.ASKED.value})
"""What waits longest comes first."""


@answers(*LOOKING)
@at_desk
def desk(request: HttpRequest, visit: DeskVisit) -> HttpResponse:
    """Companies, apps and wishes that wait for a decision, and how many of each there are."""
    waiting = Waiting(list_companies(_COMPANIES), list_apps(_APPS), list_wishes(_WISHES))
    failed = sum(numbers.failed for _, numbers in standings(timezone.localdate(visit.at)))
    counts = Counts(count_companies(), count_apps(), count_running(), count_wishes(), count_troubles(), failed)
    shown = shown_desk(visit, waiting, counts)
    return render(request, "operator/home.html", {"shell": desk_shell(visit, Place.DESK), "home": shown})
