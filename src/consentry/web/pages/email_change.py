"""The links that confirm a change of e-mail: opening one shows what will happen, its buttons confirm or call it off."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consentry.people.actions.cancel_email_change import cancel_by_link
from consentry.people.actions.confirm_email_change import Confirmed, OldAddressNotToldError, confirm_email_change
from consentry.people.queries.email_changes import link_of
from consentry.web.answers import LOOKING, answers

_DONE = {
    Confirmed.ONE_OF_TWO: "confirmed",
    Confirmed.CHANGED: "changed",
    Confirmed.TAKEN: "taken",
}


@answers(*LOOKING, "POST")
@never_cache
def email_change(request: HttpRequest, key: str) -> HttpResponse:
    """What the link leads to, for whoever reads the mail of that address. POST confirms, or calls it off."""
    at = timezone.now()
    try:
        if request.method != "POST":
            return _page(request, "asked", _about(key))
        if "cancel" in request.POST:
            cancel_by_link(key, at=at)
            return _page(request, "cancelled")
        return _page(request, _DONE[confirm_email_change(key, at=at)])
    except ObjectDoesNotExist:
        return _page(request, "dead", status=404)
    except OldAddressNotToldError:
        return _page(request, "not-told", _about(key), status=409)


def _about(key: str) -> dict[str, Any]:
    """Both addresses and where it stands. Raises EmailChange.DoesNotExist."""
    link = link_of(key, timezone.now())
    return {
        "old_email": link.change.user.email if not link.is_new else "",
        "new_email": link.change.new_email,
        "is_new": link.is_new,
        "is_confirmed": link.is_confirmed,
    }


def _page(request: HttpRequest, state: str, about: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    return render(request, "account/email_change.html", {"state": state, "link": about}, status=status)
