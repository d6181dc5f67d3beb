"""Where people sign in to a site: at its own sign-in page where it offers more than the password."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.urls import reverse

from consentry.people.queries.identity_providers import offered_at


class VouchedForElsewhereError(Exception):
    """Somebody is signed in by an identity provider whose word does not count at this site, or no longer."""


def to_sign_in(slug: str, back: str) -> HttpResponse:
    """To the site's own page while its single sign-on is on, else to the one of all sites; from there on to `back`."""
    return to_own_page(slug, back) if offered_at(slug) else redirect_to_login(back)


def to_own_page(slug: str, back: str) -> HttpResponse:
    """To the site's own sign-in page."""
    return redirect_to_login(back, reverse("site-sign-in", args=[slug]))
