"""Wishes of schools at the operator's desk: the list, its files, and the page of one."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.partners.queries.directory import partners_named
from consentry.partners.queries.wishes import all_wishes, asked_for_too, list_wishes, notes_of, wish_by_id
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.operator.lists import WISHES
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.shown.operator.wishes import shown_desk_wish, shown_desk_wishes, wishes_table


@answers(*LOOKING)
@at_desk
def wishes(request: HttpRequest, visit: DeskVisit) -> HttpResponse:
    """The wishes of all schools, searched, filtered, sorted, a page at a time."""
    wanted = wanted_of(request.GET.dict(), WISHES)
    shown = shown_desk_wishes(visit, wanted, list_wishes(wanted))
    return render(request, "operator/wishes.html", {"shell": desk_shell(visit, Place.WISHES), "listing": shown})


@answers(*LOOKING)
@at_desk
def wishes_file(request: HttpRequest, visit: DeskVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = all_wishes(wanted_of(request.GET.dict(), WISHES))
    return file_answer(kind, wishes_table(rows), "wishes", visit.at)


@answers(*LOOKING)
@at_desk
def wish(request: HttpRequest, visit: DeskVisit, wish: int) -> HttpResponse:
    """One wish: the school's answers, what was said since, who else asks, and whether there is such a partner."""
    try:
        found = wish_by_id(wish)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    shown = shown_desk_wish(visit, found, notes_of(found), asked_for_too(found), partners_named(found.app_name))
    return render(request, "operator/wish.html", {"shell": desk_shell(visit, Place.WISHES), **shown})
