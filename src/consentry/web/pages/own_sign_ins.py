"""A person's own attempts to sign in at a site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.people.queries.sign_ins import LAST, own_sign_ins_of
from consentry.web.answers import LOOKING, answers
from consentry.web.shell import Place, shell
from consentry.web.shown.sign_ins import COLUMNS, shown_attempts
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def own_sign_ins(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The last fifty, so that a person can see what was not them."""
    listing = {"columns": COLUMNS, "rows": shown_attempts(visit, own_sign_ins_of(visit.account)), "last": LAST}
    return render(request, "login_history/own.html", {"shell": shell(visit, Place.NOWHERE), "listing": listing})
