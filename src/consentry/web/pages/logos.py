"""Apps' logos, as we encoded them: for everybody, for good, and nothing but a picture."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from consentry.partners.queries.own_apps import logo_png
from consentry.web.answers import LOOKING, answers

_A_YEAR = 31_536_000


@answers(*LOOKING)
def logo(request: HttpRequest, app: int, digest: str) -> HttpResponse:  # noqa: ARG001 - as every view
    """The picture of this digest: another one has another address, so that this one is kept for good."""
    try:
        png = logo_png(app, digest)
    except ObjectDoesNotExist:
        raise Http404 from None
    answer = HttpResponse(png, content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["Content-Disposition"] = "inline"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
