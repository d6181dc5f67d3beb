"""Problems that schools reported, at the operator's desk: the list, its files, the page of one, and a note to both."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.note_trouble import note_trouble
from consentry.partners.queries.troubles import all_troubles, list_troubles, notes_of_trouble, trouble_with
from consentry.rules.invalid import InvalidError
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.trouble import WordForm
from consentry.web.forms.troubles_query import TROUBLES
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.sentences import sentence
from consentry.web.shown.operator.troubles import shown_desk_troubles
from consentry.web.shown.trouble_report import shown_report, troubles_table


@answers(*LOOKING)
@at_desk
def troubles(request: HttpRequest, visit: DeskVisit) -> HttpResponse:
    """The reports of all schools, searched, filtered, sorted, a page at a time."""
    wanted = wanted_of(request.GET.dict(), TROUBLES)
    shown = shown_desk_troubles(visit, wanted, list_troubles(wanted))
    return render(request, "operator/troubles.html", {"shell": desk_shell(visit, Place.TROUBLES), "listing": shown})


@answers(*LOOKING)
@at_desk
def troubles_file(request: HttpRequest, visit: DeskVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = all_troubles(wanted_of(request.GET.dict(), TROUBLES))
    return file_answer(kind, troubles_table(rows), "reported-problems", visit.at)


@answers(*LOOKING)
@at_desk
def trouble(request: HttpRequest, visit: DeskVisit, report: int) -> HttpResponse:
    """What the school says, the facts that went with it, and what was said since."""
    return _page(request, visit, report, WordForm())


@answers(*LOOKING, "POST")
@at_desk
def note(request: HttpRequest, visit: DeskVisit, report: int) -> HttpResponse:
    """A note that the school and the company read."""
    form = WordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid() or not _noted(visit, report, form):
        return _page(request, visit, report, form)
    messages.success(request, "The school and the company are told.")
    return HttpResponseRedirect(reverse("desk-trouble", args=[report]), status=303)


def _noted(visit: DeskVisit, report: int, form: WordForm) -> bool:
    try:
        note_trouble(report, form.cleaned_data["text"], by=visit.actor, at=visit.at)
    except InvalidError as refused:
        form.add_error(refused.field, sentence(refused))
        return False
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return True


def _page(request: HttpRequest, visit: DeskVisit, report: int, form: WordForm) -> HttpResponse:
    try:
        found = trouble_with(report)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    form.fields["text"].label = "Your note"
    form.fields["text"].help_text = "The school and the company read it, and are told by email."
    context = {
        "shell": desk_shell(visit, Place.TROUBLES),
        "trouble": shown_report(found, notes_of_trouble(found), visit.at),
        "form": form,
        "note_url": reverse("desk-trouble-note", args=[report]),
        "app_url": reverse("desk-app", args=[found.app_id]),
    }
    return render(request, "operator/trouble.html", context)
