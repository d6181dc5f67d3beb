"""Which methods a page answers: any other gets a page of ours that says so, not an empty 405."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from consentry.web.pages.errors import not_allowed

View = Callable[..., HttpResponse]

LOOKING = ("GET", "HEAD")


def answers(*methods: str) -> Callable[[View], View]:
    """A view that is called for these methods only. Source: RFC 9110, 15.5.6 (the answer names them in Allow)."""

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs) if request.method in methods else not_allowed(request, methods)

        return guarded

    return guarding
