"""What a site's identity provider may not open: a way of their own to sign in, for whoever it vouches for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.people.models import User
from consentry.web.came_by import came_by_sso

View = Callable[..., HttpResponse]


def with_a_password_first(view: View) -> View:
    """A view that adds a second factor, for whoever has shown that the login is theirs.

    A site says by which e-mail its identity provider finds somebody. A passkey added in such a session would outlive
    it, and open their accounts at other sites, now or later. Who has a password is asked for it (django-allauth does
    so); who has none sets one first, by the mail to their own address.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and came_by_sso(request) and not user.has_usable_password():
            return render(request, "socialaccount/password_first.html", {"email": user.email}, status=403)
        return view(request, *args, **kwargs)

    return guarded
