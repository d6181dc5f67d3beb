"""What holds for every page: no address with NUL, which PostgreSQL cannot hold; no copy kept on the way."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

TOO_LARGE = "consentry.too_large"
"""What the server leaves in the place of a body that is too large (project/serving/bodies.py)."""

_NUL = "\0"


def refuse_unusable_addresses(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a NUL in the path or the query is a 400."""

    def gate(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if _NUL in request.path or "%00" in query or _NUL in query:
            return HttpResponse(
                "The address holds a NUL character.", status=400, content_type="text/plain; charset=utf-8"
            )
        return answer(request)

    return gate


def lead_back_from_too_much(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a form with more than can be sent leads back to its page, which says so; nothing else was done."""

    def gate(request: HttpRequest) -> HttpResponse:
        if TOO_LARGE not in request.META:
            return answer(request)
        messages.error(request, "That was too large, so nothing was changed: choose a file of at most 1 MB.")
        return HttpResponseRedirect(f"/{request.get_full_path().lstrip('/')}", status=303)

    return gate


def keep_out_of_caches(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page that does not say how long it may be kept is not kept, by browsers and proxies alike."""

    def gate(request: HttpRequest) -> HttpResponse:
        page = answer(request)
        page.setdefault("Cache-Control", "no-store, private")
        return page

    return gate
