"""The page for somebody who was at a school from its trust and is there no longer: may not be, or has left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.web.coming_from_trust import LeftError, NoLongerThereError


def shown_out(request: HttpRequest, ended: NoLongerThereError) -> HttpResponse:
    """403, with the way back. The session keeps that it came, so that the page says the same when it is loaded again.

    Its button posts to the address that leaves the school, which knows where they can still go.
    """
    template = "trust/left.html" if isinstance(ended, LeftError) else "trust/shown_out.html"
    return render(request, template, {"school": ended.school}, status=403)
