"""Asking for the link by which a company is registered: the same answer for every address."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consentry.partners.actions.ask_company_link import ask_company_link
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.partners.joining import AddressForm

LIMIT = "company_link"
"""The name of the limits for each address and each caller (project/settings.py)."""

_TOO_MANY = "Too many links were asked for. Try again in an hour, or tomorrow for this address."


@answers(*LOOKING, "POST")
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """The form; POST has the link mailed."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "partners/register.html", {"form": form})
    email = form.cleaned_data["email"]
    if not consume(request, action=LIMIT, key=email):
        form.add_error(None, _TOO_MANY)
        return render(request, "partners/register.html", {"form": form}, status=429)
    ask_company_link(email, at=timezone.now())
    return render(request, "partners/register_sent.html", {"email": email, "hours": 96})
