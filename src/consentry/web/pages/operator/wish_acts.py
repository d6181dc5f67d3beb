"""What the operator does about a school's wish."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from consentry.partners.actions import advance_wish
from consentry.partners.actions.ask_back import ask_back as ask_school
from consentry.partners.actions.decline_wish import decline_wish
from consentry.partners.queries.directory import partner_choices
from consentry.partners.queries.wishes import wish_by_id
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.forms.operator.acts import DeclineForm, LinkForm, NoteForm, QuestionForm
from consentry.web.pages.operator.acts import Act, act_page, sent
from consentry.web.pages.operator.frame import Place

_TOLD = "{person} of {school} is told, in the site and by email."


@dataclass(frozen=True)
class _Words:
    """The words of an act; {app}, {company}, {school}, {person} (who asked) are filled in."""

    heading: str
    consequence: str
    label: str
    done: str
    tone: str = "primary"


_ASK = _Words(
    "Ask {school} about {app}",
    "The wish waits for their answer, which you find here.",
    "Ask",
    "{school} was asked. You find the answer here.",
)
_BUILD = _Words(
    "{company} builds the connection to {app}",
    "The wish stays open until the app is in the partner directory.",
    "Mark as being built",
    "{school} knows that {app} is being built.",
)
_LINK = _Words(
    "{app} is a partner now",
    "The wish ends well. {school} is led to the app in its partner directory.",
    "Link it to the app",
    "{school} knows that {app} is a partner app now.",
)
_DECLINE = _Words(
    "Decline the wish for {app}",
    "The wish ends. They may ask again.",
    "Decline the wish",
    "The wish for {app} is declined.",
    "danger",
)


@answers(*LOOKING, "POST")
@at_desk
def ask_back(request: HttpRequest, visit: DeskVisit, wish: int) -> HttpResponse:
    """Ask the school something about its wish."""
    form = QuestionForm(sent(request))

    def do() -> object:
        return ask_school(wish, form.cleaned_data["text"], by=visit.actor, at=visit.at)

    return act_page(request, visit, _act(wish, _ASK), form, do)


@answers(*LOOKING, "POST")
@at_desk
def build(request: HttpRequest, visit: DeskVisit, wish: int) -> HttpResponse:
    """The company builds its part."""
    form = NoteForm(sent(request))

    def do() -> object:
        note = form.cleaned_data["note"]
        return advance_wish.mark_building(wish, note=note, by=visit.actor, at=visit.at)

    return act_page(request, visit, _act(wish, _BUILD), form, do)


@answers(*LOOKING, "POST")
@at_desk
def link(request: HttpRequest, visit: DeskVisit, wish: int) -> HttpResponse:
    """The app that was asked for is in the directory now."""
    form = LinkForm(sent(request), apps=partner_choices())

    def do() -> object:
        return advance_wish.link_to_app(wish, form.cleaned_data["app"], by=visit.actor, at=visit.at)

    return act_page(request, visit, _act(wish, _LINK), form, do)


@answers(*LOOKING, "POST")
@at_desk
def decline(request: HttpRequest, visit: DeskVisit, wish: int) -> HttpResponse:
    """The app will not become a partner, for a reason that the school reads."""
    form = DeclineForm(sent(request))

    def do() -> object:
        return decline_wish(wish, form.declined(), note=form.cleaned_data["note"], by=visit.actor, at=visit.at)

    return act_page(request, visit, _act(wish, _DECLINE), form, do)


def _act(wish: int, words: _Words) -> Act:
    try:
        found = wish_by_id(wish)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    said = {
        "app": found.app_name,
        "company": found.company_name,
        "school": found.school.name,
        "person": found.asked_by.name,
    }
    return Act(
        place=Place.WISHES,
        name=found.app_name,
        back_url=reverse("desk-wish", args=[wish]),
        heading=words.heading.format(**said),
        consequences=(words.consequence.format(**said), _TOLD.format(**said)),
        label=words.label,
        done=words.done.format(**said),
        tone=words.tone,
    )
