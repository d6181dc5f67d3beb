"""One app at the schools of a trust: choosing schools, the preview, the decision, and the account of it."""

from uuid import uuid4

from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.connections.queries.app_in_trust import AppForMe, app_in_trust
from consentry.connections.queries.apps_by_school import app_of_trust
from consentry.connections.queries.rounds_of import round_of, rounds_of
from consentry.connections.queries.what_is_asked import what_is_asked
from consentry.partners.models import App
from consentry.rules.connection_life import Move
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.trust_decision import ConfirmForm, chosen
from consentry.web.how_they_came import how_they_came
from consentry.web.shell import Place, shell
from consentry.web.shown.app_in_trust import about, of_choice, round_table, shown_choices, shown_preview, shown_round
from consentry.web.visit import Visit, at_site
from consentry.workflows.decide_for_schools import decide_for_schools

_NOT_OURS = "The decision did not say what you had seen. Open the app’s page and choose the schools again."


@answers(*LOOKING)
@at_site
def app_page(request: HttpRequest, visit: Visit, app: int) -> HttpResponse:
    """Where the app stands at each school, and the choice of schools to decide for."""
    visit.require(Page.APPS_BY_SCHOOL)
    found, schools = _found(request, visit, app)
    with reading(visit.school):
        rounds = rounds_of(visit.school, app)
    shown = {"app": about(visit, found), "choices": shown_choices(visit, schools, rounds, found)}
    return render(request, "trust/app.html", {"shell": shell(visit, Place.APPS_BY_SCHOOL), **shown})


def _found(request: HttpRequest, visit: Visit, app: int) -> tuple[App, list[AppForMe]]:
    try:
        with reading(visit.school):
            found = app_of_trust(visit.school, app)
            coming = how_they_came(request, visit.user)
            return found, app_in_trust(visit.account, found, coming, visit.today)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


@answers(*LOOKING)
@at_site
def preview(request: HttpRequest, visit: Visit, app: int) -> HttpResponse:
    """What the decision would do, at which schools it can be carried out, and at which not and why."""
    visit.require(Page.APPS_BY_SCHOOL)
    choice = chosen(request.GET)
    if choice is None:
        return HttpResponseRedirect(reverse("app-in-trust", args=[visit.site.slug, app]), status=303)
    found, schools = _found(request, visit, app)
    return _previewed(request, visit, found, choice.move, of_choice(choice, schools))


def _previewed(
    request: HttpRequest, visit: Visit, app: App, move: Move, schools: list[AppForMe], wrong: ConfirmForm | None = None
) -> HttpResponse:
    versions = {each.standing.asked_id for each in schools if each.standing is not None}
    shown = shown_preview(visit, app, move, schools, what_is_asked(versions))
    form = wrong or ConfirmForm(initial={"decision": move.value, "run": uuid4().hex})
    form.ask_for(shown["count"])
    context = {"shell": shell(visit, Place.APPS_BY_SCHOOL), "app": about(visit, app), "preview": shown, "form": form}
    return render(request, "trust/preview.html", context, status=422 if wrong else 200)


@answers(*LOOKING, "POST")
@at_site
def decide(request: HttpRequest, visit: Visit, app: int) -> HttpResponse:
    """Carry out what was previewed, then to the account of it; whoever opens the address is led to the app's page."""
    visit.require(Page.APPS_BY_SCHOOL)
    if request.method in LOOKING:
        return HttpResponseRedirect(reverse("app-in-trust", args=[visit.site.slug, app]), status=303)
    form = ConfirmForm(request.POST)
    is_valid = form.is_valid()
    if not form.is_ours:
        raise BadRequest(_NOT_OURS)
    if not is_valid:
        return _again(request, visit, app, form)
    try:
        done = decide_for_schools(visit.account, form.wanted(app), how_they_came(request, visit.user), at=visit.at)
    except NotPermittedError as lost:  # taken away between opening the page and pressing the button
        raise PermissionDenied(visit.lacks(Page.APPS_BY_SCHOOL, lost.missing)) from lost
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return HttpResponseRedirect(reverse("app-in-trust-round", args=[visit.site.slug, app, done.run]), status=303)


def _again(request: HttpRequest, visit: Visit, app: int, form: ConfirmForm) -> HttpResponse:
    """The preview as it is now, for the schools that were confirmed, with what is wrong."""
    found, schools = _found(request, visit, app)
    meant = {each.school for each in form.previewed or ()}
    move = Move(form.cleaned_data["decision"])
    return _previewed(request, visit, found, move, [each for each in schools if each.site.id in meant], form)


@answers(*LOOKING)
@at_site
def round_page(request: HttpRequest, visit: Visit, app: int, run: str) -> HttpResponse:
    """What was done and what could not be, and why."""
    shown = _round(request, visit, app, run)
    return render(request, "trust/round.html", {"shell": shell(visit, Place.APPS_BY_SCHOOL), **shown})


@answers(*LOOKING)
@at_site
def round_file(request: HttpRequest, visit: Visit, app: str, run: str, kind: str) -> HttpResponse:
    """The same as a file."""
    shown = _round(request, visit, int(app), run)
    return file_answer(kind, round_table(shown["round"]), f"{visit.site.slug}-decisions", visit.at)


def _round(request: HttpRequest, visit: Visit, app: int, run: str) -> dict[str, dict[str, object]]:
    visit.require(Page.APPS_BY_SCHOOL)
    found, schools = _found(request, visit, app)
    with reading(visit.school):
        told = round_of(visit.school, app, run)
    if told is None:
        raise Http404
    return {"app": about(visit, found), "round": shown_round(visit, told, found, schools)}
