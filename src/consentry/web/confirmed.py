"""That it is still them: what somebody does that matters asks for a proof of the last minutes."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.people.queries.identity_providers import offered_at
from consentry.web.shown.single_sign_on import shown_ways
from consentry.web.visit import Visit


def confirmation_due(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """The way to confirm it and back, or None for who has signed in or confirmed it in the last five minutes.

    Who has neither a password nor a second factor here signs in once more through the site's identity provider.
    """
    proved = [float(step["at"]) for step in get_authentication_records(request, visit.user)]
    if proved and time.time() - max(proved) < app_settings.REAUTHENTICATION_TIMEOUT:
        return None
    here = request.get_full_path()
    if get_reauthentication_flows(visit.user):
        return redirect_to_login(here, reverse("account_reauthenticate"))
    context = {"site": visit.site.name, "ways": shown_ways(offered_at(visit.site.slug), here)}
    return render(request, "connect/confirm.html", context)
