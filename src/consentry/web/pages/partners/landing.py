"""The first page for companies: what this is, registering, signing in, and the companies of who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from consentry.partners.queries.companies import memberships_of
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import came_by_sso


@answers(*LOOKING)
@never_cache
def landing(request: HttpRequest) -> HttpResponse:
    """For everybody."""
    user = request.user if isinstance(request.user, User) and not came_by_sso(request) else None
    companies = [
        {
            "name": each.company.name,
            "role": CompanyRole(each.role).label,
            "url": reverse("company", args=[each.company_id]),
        }
        for each in (memberships_of(user) if user else [])
    ]
    return render(request, "partners/landing.html", {"companies": companies, "person": user.name if user else ""})
