"""The root address: on to the site of whoever is signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from consentry.partners.queries.companies import memberships_of
from consentry.people.models import User
from consentry.people.queries.accounts import sites_of
from consentry.people.queries.operators import is_operator
from consentry.rules.company_roles import CompanyRole
from consentry.web import addresses
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import came_by_sso, is_vouched_for


@answers(*LOOKING)
@never_cache
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """To the person's only site, or a list of all that is theirs; nobody signed in: to the sign-in page."""
    own = sites_of(request.user) if isinstance(request.user, User) else []
    sites = [each for each in own if is_vouched_for(request, each)]
    beyond = request.user if isinstance(request.user, User) and not came_by_sso(request) else None
    companies = memberships_of(beyond) if beyond else []
    desk_url = reverse("desk") if beyond and is_operator(beyond) else ""
    if len(sites) == 1 and not companies and not desk_url:
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
    listed = [
        {
            "name": each.company.name,
            "role": CompanyRole(each.role).label,
            "url": reverse("company", args=[each.company_id]),
        }
        for each in companies
    ]
    return render(request, "sites/choose.html", {"sites": shown, "companies": listed, "desk_url": desk_url})
