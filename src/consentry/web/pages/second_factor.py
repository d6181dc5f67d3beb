"""The page that asks for a second factor: enter the one you have, or set one up. Nothing else is reachable before."""

from urllib.parse import urlencode

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from consentry.people.models import User
from consentry.web.answers import LOOKING, answers
from consentry.web.before import second_factor_due
from consentry.web.how_they_came import how_they_came
from consentry.web.visit import Visit, at_site_before
from consentry.web.way_back import NEXT, way_back

WAY_ON = "way_on"
"""In the session: where the pages on which a second factor is set up offer to go on to. They carry no way back."""


@answers(*LOOKING)
@at_site_before(second_factor_due)
def second_factor(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Why a second factor is asked for, and the ways to give it. On to the site once it has been given."""
    onwards = way_back(request, visit.site.slug)
    if second_factor_due(request, visit) is None:
        return HttpResponseRedirect(onwards)
    return _asked(request, visit.user, visit.site.name, onwards)


@answers(*LOOKING)
@never_cache
@login_required
def own_second_factor(request: HttpRequest) -> HttpResponse:
    """The same for a company's pages and the operator's desk, which ask for it themselves."""
    user, onwards = request.user, _beyond_sites(request.GET.get(NEXT, ""))
    if not isinstance(user, User) or how_they_came(request, user).used_factor:
        return HttpResponseRedirect(onwards)
    return _asked(request, user, "Consentry", onwards)


def _asked(request: HttpRequest, user: User, whose: str, onwards: str) -> HttpResponse:
    request.session[WAY_ON] = {"url": onwards, "site": whose}
    context = {
        "visit": {
            "site": whose,
            "person": user.name,
            "email": user.email,
            "has_password": user.has_usable_password(),
        },
        "ways": _ways_to_enter(user, onwards),
        "new": [] if _has_any(user) else _ways_to_set_up(),
    }
    return render(request, "second_factor/asked.html", context)


def _beyond_sites(address: str) -> str:
    """The address, if it is one of a company's or of the operator's pages here; else the way to all that one has."""
    is_here = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_here and address.startswith(("/partners/", "/operator/")) else reverse("start")


def _has_any(user: User) -> bool:
    return bool(is_mfa_enabled(user))


def _ways_to_enter(user: User, onwards: str) -> list[dict[str, str]]:
    by_code, by_passkey = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
    ways = []
    if is_mfa_enabled(user, [by_code, Authenticator.Type.RECOVERY_CODES]):
        label = "Enter a code from your app" if is_mfa_enabled(user, [by_code]) else "Enter a recovery code"
        ways.append({"label": label, "url": _with_way_back("mfa_reauthenticate", onwards)})
    if is_mfa_enabled(user, [by_passkey]) and by_passkey in app_settings.SUPPORTED_TYPES:
        ways.insert(0, {"label": "Use your passkey", "url": _with_way_back("mfa_reauthenticate_webauthn", onwards)})
    return ways


def _ways_to_set_up() -> list[dict[str, str]]:
    ways = [
        {
            "label": "Set up an authenticator app",
            "url": reverse("mfa_activate_totp"),
            "detail": "An app on your phone shows a new code every half minute.",
        }
    ]
    if Authenticator.Type.WEBAUTHN in app_settings.SUPPORTED_TYPES:
        ways.append(
            {
                "label": "Add a passkey",
                "url": reverse("mfa_add_webauthn"),
                "detail": "Your phone or computer proves that it is you by fingerprint, face or PIN.",
            }
        )
    return ways


def _with_way_back(name: str, onwards: str) -> str:
    return f"{reverse(name)}?{urlencode({NEXT: onwards})}"
