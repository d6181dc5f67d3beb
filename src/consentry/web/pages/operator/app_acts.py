"""Deciding on an app: with the operator, live or not, suspended or not."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from consentry.connections.queries.schools_of_apps import Standings, schools_of_apps
from consentry.partners.actions.accept_app import accept_app
from consentry.partners.actions.decline_app import decline_app
from consentry.partners.actions.resume_app import resume_app
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.actions.suspend_app import suspend_app
from consentry.partners.models import App
from consentry.partners.queries.desk_apps import app_by_id
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.forms.operator.acts import DeclineForm, NoteForm, SuspendForm
from consentry.web.forms.user import NothingForm
from consentry.web.pages.operator.acts import Act, act_page, sent
from consentry.web.pages.operator.frame import Place
from consentry.web.sentences import counted

_MAILED = "The contact of {company} is told by email."


@dataclass(frozen=True)
class _Words:
    """The words of an act; {app}, {company}, {sites} (how many approved it) are filled in."""

    heading: str
    consequences: tuple[str, ...]
    label: str
    done: str
    tone: str = "primary"


_ACCEPT = _Words(
    "Accept {app}",
    ("It can be made live from now on. Until then dummy sites alone can connect it.", _MAILED),
    "Accept the app",
    "{app} is accepted. Make it live when it is ready.",
)
_DECLINE = _Words(
    "Decline {app}",
    (
        "The company may put it before you again.",
        "{sites} approved it. If it is live, the live ones among them refuse its next call.",
        _MAILED,
    ),
    "Decline the app",
    "{app} is declined. Its company is told by email.",
    "danger",
)
_LIVE = _Words(
    "Make {app} live",
    ("Every site can connect it from now on, and schools find it in their partner directory.", _MAILED),
    "Make it live",
    "{app} is live.",
)
_TAKE_BACK = _Words(
    "Take {app} back",
    (
        "It is not live any more: live sites refuse its next call, dummy sites go on. It leaves the partner directory.",
        "{sites} approved it. Their decisions stand as they are, for when it is live again.",
        _MAILED,
    ),
    "Take it back",
    "{app} is not live any more.",
    "danger",
)
_SUSPEND = _Words(
    "Suspend {app}",
    (
        "It opens nothing at any site from its next call on, live or dummy, and all its tokens are gone.",
        "{sites} approved it. Their decisions stand as they are, for when it may go on.",
        "Whoever may decide on apps there is told as well, without the reason.",
        _MAILED,
    ),
    "Suspend it everywhere",
    "{app} is suspended at every site.",
    "danger",
)
_RESUME = _Words(
    "Let {app} go on",
    (
        "It opens again at the sites that approve it: {sites} now. Whoever may decide on apps there is told.",
        "It needs new tokens. Its secrets work as before.",
        _MAILED,
    ),
    "Let it go on",
    "{app} may go on.",
)


@answers(*LOOKING, "POST")
@at_desk
def accept(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """The app may go live."""
    form = NoteForm(sent(request))

    def do() -> object:
        return accept_app(app, note=form.cleaned_data["note"], by=visit.actor, at=visit.at)

    return _page(request, visit, _found(app), _ACCEPT, form, do)


@answers(*LOOKING, "POST")
@at_desk
def decline(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """The app may not, for a reason that its company reads."""
    form = DeclineForm(sent(request))

    def do() -> object:
        return decline_app(app, form.declined(), note=form.cleaned_data["note"], by=visit.actor, at=visit.at)

    return _page(request, visit, _found(app), _DECLINE, form, do)


@answers(*LOOKING, "POST")
@at_desk
def make_live(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """Live sites may connect the app."""
    found = _found(app)
    return _press(request, visit, found, _LIVE, lambda: set_app_live(found, is_live=True, by=visit.actor, at=visit.at))


@answers(*LOOKING, "POST")
@at_desk
def take_back(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """Only dummy sites may connect the app."""
    found = _found(app)
    return _press(
        request, visit, found, _TAKE_BACK, lambda: set_app_live(found, is_live=False, by=visit.actor, at=visit.at)
    )


@answers(*LOOKING, "POST")
@at_desk
def suspend(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """The app is stopped at every site, at once."""
    found = _found(app)
    form = SuspendForm(sent(request), app=found.name)

    def do() -> None:
        suspend_app(found, reason=form.cleaned_data["reason"], by=visit.actor, at=visit.at)

    return _page(request, visit, found, _SUSPEND, form, do)


@answers(*LOOKING, "POST")
@at_desk
def resume(request: HttpRequest, visit: DeskVisit, app: int) -> HttpResponse:
    """A suspended app may go on."""
    found = _found(app)
    return _press(request, visit, found, _RESUME, lambda: resume_app(found, by=visit.actor, at=visit.at))


def _found(app: int) -> App:
    try:
        return app_by_id(app)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _press(request: HttpRequest, visit: DeskVisit, app: App, words: _Words, do: Callable[[], object]) -> HttpResponse:
    """An act that is a button alone."""
    return _page(request, visit, app, words, NothingForm(sent(request)), do)


def _page(
    request: HttpRequest, visit: DeskVisit, app: App, words: _Words, form: Form, do: Callable[[], object]
) -> HttpResponse:
    return act_page(request, visit, _act(app, words), form, do)


def _act(app: App, words: _Words) -> Act:
    sites = _sites(schools_of_apps([app.id])[app.id])
    said = {"app": app.name, "company": app.company.name, "sites": sites}
    return Act(
        place=Place.APPS,
        name=app.name,
        back_url=reverse("desk-app", args=[app.id]),
        heading=words.heading.format(**said),
        consequences=tuple(each.format(**said) for each in words.consequences),
        label=words.label,
        done=words.done.format(**said),
        tone=words.tone,
    )


def _sites(standings: Standings) -> str:
    return counted(standings.approved, "site")
