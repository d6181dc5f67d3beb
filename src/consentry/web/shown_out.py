"""The page for somebody who was at a school from its trust and may be there no longer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.web.coming_from_trust import NoLongerThereError


def shown_out(request: HttpRequest, ended: NoLongerThereError) -> HttpResponse:
    """403, with the way back. The session keeps that it came, so that the page says the same when it is loaded again.

    Its button posts to the address that leaves the school, which knows where they can still go.
    """
    return render(request, "trust/shown_out.html", {"school": ended.school}, status=403)
