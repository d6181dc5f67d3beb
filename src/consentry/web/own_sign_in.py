"""Signing in for pages that are no site's: by a password or a passkey, never by the word of a site's provider."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from consentry.web.came_by import came_by_sso

_BY_SSO = (
    "You are signed in by your site’s single sign-on, which counts at that site alone. Sign out, and sign in with your "
    "email and password."
)


def sign_in_due(request: HttpRequest) -> HttpResponse | None:
    """The way to the sign-in page for nobody signed in, None for who is. Raises PermissionDenied for single sign-on.

    Not the sign-in page for the latter too: it sends who is signed in straight back.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if came_by_sso(request):
        raise PermissionDenied(_BY_SSO)
    return None
