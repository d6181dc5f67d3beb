"""System > Login History: who signed in to the site, or tried to, in the last thirty days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.people.queries.sign_ins import all_sign_ins_of_site, sign_ins_of_site
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.login_history import wanted_sign_ins
from consentry.web.shell import Place, shell
from consentry.web.shown.login_history import history_table, shown_history
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def login_history(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The attempts that are wanted, filtered, sorted, a page at a time, under a picture of their days."""
    visit.require(Page.LOGIN_HISTORY)
    wanted = wanted_sign_ins(request.GET.dict())
    shown = shown_history(visit, wanted, sign_ins_of_site(visit.school, wanted, at=visit.at))
    context = {"shell": shell(visit, Place.LOGIN_HISTORY), "listing": shown}
    return render(request, "login_history/list.html", context)


@answers(*LOOKING)
@at_site
def login_history_list(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same as a file, all pages of it."""
    visit.require(Page.LOGIN_HISTORY)
    attempts = all_sign_ins_of_site(visit.school, wanted_sign_ins(request.GET.dict()), at=visit.at)
    return file_answer(kind, history_table(attempts), f"{visit.site.slug}-login-history", visit.at)
