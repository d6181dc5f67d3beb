"""Leading somebody to their second factor where no site asks for it: a company's pages and the operator's desk do."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from consentry.people.models import User
from consentry.web.answers import LOOKING
from consentry.web.how_they_came import how_they_came
from consentry.web.way_back import NEXT


def factor_due(request: HttpRequest, user: User) -> HttpResponse | None:
    """The way to the page that asks for it, and back to the one that was asked for; None for who has used one."""
    if how_they_came(request, user).used_factor:
        return None
    to = reverse("own-second-factor")
    if request.method in LOOKING:
        to = f"{to}?{urlencode({NEXT: request.get_full_path()})}"
    if HtmxDetails(request):
        return HttpResponseClientRedirect(to)
    return HttpResponseRedirect(to, status=302 if request.method in LOOKING else 303)
