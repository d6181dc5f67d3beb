"""What is shown when a page cannot be: the handlers that the project's addresses name.

They use no database, no session and no signed-in user, so that they can always be shown.
"""

import sys
from collections.abc import Sequence
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

_RETRY_AFTER = "30"
_TOO_OLD = "Nothing was changed. Go back, load the page again and try once more."


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(HTTPStatus.BAD_REQUEST, str(exception))


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; the reason names the permission that is missing."""
    return _page(HTTPStatus.FORBIDDEN, str(exception))


def not_found(_request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001 - Django names it
    """404: the same for what does not exist and for what belongs to others."""
    return _page(HTTPStatus.NOT_FOUND)


def not_allowed(_request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """405 for an address that does something else than what was asked of it; `methods` are those that it answers."""
    return _page(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(methods)})


def server_error(_request: HttpRequest) -> HttpResponse:
    """500; but 503 with Retry-After when the database was away, wherever in the request that was found out."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _page(HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": _RETRY_AFTER})
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR)


def forged(_request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """403 for a form that was not sent from a page of ours, or from one that is too old (CSRF)."""
    return _page(HTTPStatus.FORBIDDEN, _TOO_OLD, heading="This page was open for too long")


def _page(
    status: HTTPStatus, reason: str = "", *, heading: str = "", headers: dict[str, str] | None = None
) -> HttpResponse:
    body = render_to_string(f"errors/{status.value}.html", {"reason": reason, "heading": heading})
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store", **(headers or {})})
