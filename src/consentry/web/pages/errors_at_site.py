"""What is not there or not allowed at a site, shown to its own people with the site's menu around it.

To everybody else, and when the database is away, as `errors` shows it: what belongs to others looks like nothing.
"""

from http import HTTPStatus

from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.web.pages import errors
from consentry.web.shell import Place, shell
from consentry.web.visit import Visit, visit_or_none

_NOT_FOUND = "The address may be mistyped, or what it led to has gone. If you typed it, check it."


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; the reason names the permission that is missing."""
    visit = _visit(request)
    if visit is None:
        return errors.forbidden(request, exception)
    return _page(request, visit, HTTPStatus.FORBIDDEN, "You are not allowed to open this page", str(exception))


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """404: the same for what does not exist and for what belongs to others."""
    visit = _visit(request)
    if visit is None:
        return errors.not_found(request, exception)
    return _page(request, visit, HTTPStatus.NOT_FOUND, "There is no such page", _NOT_FOUND)


def _visit(request: HttpRequest) -> Visit | None:
    """Who is here, at the site that the address begins with; a request may end before it is known whose it is."""
    user = getattr(request, "user", None)
    try:
        if user is None or not user.is_authenticated:
            return None
        return visit_or_none(request, request.path_info.split("/")[1])
    except (DatabaseError, InterfaceError):
        return None


def _page(request: HttpRequest, visit: Visit, status: HTTPStatus, heading: str, reason: str) -> HttpResponse:
    context = {
        "shell": shell(visit, Place.NOWHERE),
        "heading": heading,
        "reason": reason,
        "number": status.value,
    }
    answer = render(request, "errors/at_site.html", context, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer
