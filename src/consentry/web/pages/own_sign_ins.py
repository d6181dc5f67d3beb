"""A person's own attempts to sign in at a site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.people.queries.sign_ins import LAST, own_sign_ins_of, sign_ins_of
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import is_vouched_for_everywhere
from consentry.web.shell import Place, shell
from consentry.web.shown.sign_ins import COLUMNS, shown_attempts
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def own_sign_ins(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The last fifty, so that a person can see what was not them.

    Whoever this site alone vouches for sees those that the site is told of: it may be the site that looks.
    """
    is_them = is_vouched_for_everywhere(request)
    attempts = own_sign_ins_of(visit.account) if is_them else sign_ins_of(visit.account)
    listing = {"columns": COLUMNS, "rows": shown_attempts(visit, attempts), "last": LAST, "only_told": not is_them}
    return render(request, "login_history/own.html", {"shell": shell(visit, Place.NOWHERE), "listing": listing})
