"""What holds for every page: no address with NUL, which PostgreSQL cannot hold; no copy kept on the way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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


def keep_out_of_caches(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page that does not say how long it may be kept is not kept, by browsers and proxies alike."""

    def gate(request: HttpRequest) -> HttpResponse:
        page = answer(request)
        page.setdefault("Cache-Control", "no-store, private")
        return page

    return gate
