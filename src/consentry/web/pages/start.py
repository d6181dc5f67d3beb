"""The root address: on to the site of whoever is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from consentry.people.models import User
from consentry.people.queries.accounts import sites_of
from consentry.web import addresses
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import is_vouched_for


@answers(*LOOKING)
@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """To the person's only site, or a list of their sites; to the sign-in page when nobody is signed in."""
    own = sites_of(request.user) if isinstance(request.user, User) else []
    sites = [each for each in own if is_vouched_for(request, each)]
    if len(sites) == 1:
        return redirect(addresses.home(sites[0].slug))
    shown = [
        {
            "name": each.name,
            "kind": each.get_kind_display(),
            "is_dummy": each.is_dummy,
            "url": addresses.home(each.slug),
        }
        for each in sites
    ]
    return render(request, "sites/choose.html", {"sites": shown})
