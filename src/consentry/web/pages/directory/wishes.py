"""What a site has asked for: the list, the page of one with its steps, answering and withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.answer_wish import answer_wish
from consentry.partners.actions.withdraw_wish import withdraw_wish
from consentry.partners.queries.wishes import all_wishes, list_wishes, notes_of, wish_at
from consentry.rules.pages import Page
from consentry.rules.wish_life import WishRefusedError
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.directory.lists import OWN_WISHES
from consentry.web.forms.directory.wish import AnswerForm
from consentry.web.forms.user import NothingForm
from consentry.web.shell import Place, shell
from consentry.web.shown.directory.wishes import shown_own_wish, shown_own_wishes
from consentry.web.shown.operator.wishes import wishes_table
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def wishes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Everything that the site asked for, and how far each has come."""
    visit.require(Page.PARTNER_APPS)
    wanted = wanted_of(request.GET.dict(), OWN_WISHES)
    shown = shown_own_wishes(visit, wanted, list_wishes(wanted, visit.site))
    return render(request, "directory/wishes.html", {"shell": shell(visit, Place.DIRECTORY), "listing": shown})


@answers(*LOOKING)
@at_site
def wishes_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    visit.require(Page.PARTNER_APPS)
    rows = all_wishes(wanted_of(request.GET.dict(), OWN_WISHES), visit.site)
    return file_answer(kind, wishes_table(rows), f"{visit.site.slug}-wishes", visit.at)


@answers(*LOOKING)
@at_site
def wish(request: HttpRequest, visit: Visit, wish: int) -> HttpResponse:
    """One wish and its steps."""
    return _wish_page(request, visit, wish, AnswerForm())


@answers(*LOOKING, "POST")
@at_site
def answer(request: HttpRequest, visit: Visit, wish: int) -> HttpResponse:
    """The school answers the operator's question, or says more."""
    form = AnswerForm(request.POST if request.method == "POST" else None)

    def do() -> object:
        return answer_wish(visit.site, wish, form.cleaned_data["text"], by=visit.account, at=visit.at)

    done = _done(request, visit, wish, form, do, "Your answer is with the operator.")
    return done or _wish_page(request, visit, wish, form)


@answers(*LOOKING, "POST")
@at_site
def withdraw(request: HttpRequest, visit: Visit, wish: int) -> HttpResponse:
    """A page that says what will happen; POST takes the wish back."""
    visit.require(Page.PARTNER_APPS)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> object:
        return withdraw_wish(visit.site, wish, by=visit.account, at=visit.at)

    done = _done(request, visit, wish, form, do, "The wish is withdrawn.")
    return done or _page(request, visit, wish, "directory/withdraw.html", {"form": form})


def _done(
    request: HttpRequest, visit: Visit, wish: int, form: Form, do: Callable[[], object], said: str
) -> HttpResponse | None:
    """The way back once it is done, or could not be done any more; None while something has to be typed."""
    try:
        if not form.is_valid() or not carried_out(visit, Page.PARTNER_APPS, form, do):
            return None
    except WishRefusedError as refused:
        messages.error(request, f"Nothing was changed: the wish stands at “{refused.state.label}” now.")
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("wish", args=[visit.site.slug, wish]), status=303)


def _wish_page(request: HttpRequest, visit: Visit, wish: int, form: AnswerForm) -> HttpResponse:
    return _page(request, visit, wish, "directory/wish.html", {"form": form})


def _page(request: HttpRequest, visit: Visit, wish: int, template: str, more: dict[str, Any]) -> HttpResponse:
    visit.require(Page.PARTNER_APPS)
    try:
        found = wish_at(visit.site, wish)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    shown = shown_own_wish(visit, found, notes_of(found))
    return render(request, template, {"shell": shell(visit, Place.DIRECTORY), **shown, **more})
