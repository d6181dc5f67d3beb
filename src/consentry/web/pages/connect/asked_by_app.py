"""What every page of the connect link begins with: reading what the app asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consentry.web.link_request import BrokenLinkError, SendBackError, read_link


def asked_by_app(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is handed what the app asks.

    Where it cannot be said which app asks, or whether it may be sent back to where the link says, nobody is sent
    anywhere (RFC 6749, 4.1.2.1). Nor is who is not signed in, or a link of ours would lead whoever follows it to an
    address that anybody may have registered (RFC 9700, 4.11.2).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, link=read_link(request), **kwargs)
        except BrokenLinkError:
            return render(request, "connect/broken.html", status=400)
        except SendBackError as wrong:
            if not request.user.is_authenticated:
                return render(request, "connect/broken.html", {"why": wrong.why}, status=400)
            return HttpResponseRedirect(wrong.address, status=303)

    return guarded
