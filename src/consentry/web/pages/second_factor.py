"""The page of a site that demands a second factor: enter the one you have, or set one up. Nothing else is reachable."""

from urllib.parse import urlencode

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.people.models import User
from consentry.web.answers import LOOKING, answers
from consentry.web.before import second_factor_due
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
    request.session[WAY_ON] = {"url": onwards, "site": visit.site.name}
    context = {
        "visit": {
            "site": visit.site.name,
            "person": visit.user.name,
            "email": visit.user.email,
            "has_password": visit.user.has_usable_password(),
        },
        "ways": _ways_to_enter(visit.user, onwards),
        "new": [] if _has_any(visit.user) else _ways_to_set_up(),
    }
    return render(request, "second_factor/asked.html", context)


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
