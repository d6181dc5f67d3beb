"""The addresses of the OAuth 2 server, with what the toolkit leaves open closed."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import RevokeTokenView, TokenView
from oauth2_provider.views.mixins import OAuthLibMixin

from consentry.api.rate_limit import RateLimit

CLIENT_CREDENTIALS = "client_credentials"
REFUSED_A_MINUTE = 60

_failures = RateLimit(REFUSED_A_MINUTE)


class _Guarded(OAuthLibMixin):  # type: ignore[misc]
    """POST alone, no parameter twice (RFC 6749 3.2) or with a NUL, guesses slowed down at all addresses together."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
        """What the toolkit answers, or an error of RFC 6749 5.2."""
        said = list(request.POST.lists())
        if any(len(values) > 1 for _, values in said):
            return _error("invalid_request", "A parameter stands twice.")
        if any("\0" in text for name, values in said for text in (name, *values)):
            return _error("invalid_request", "A parameter holds a NUL character.")
        address = request.META.get("REMOTE_ADDR")
        if wait := _failures.take(address):
            return _error("temporarily_unavailable", "Too many calls.", status=429, headers={"Retry-After": str(wait)})
        answer: HttpResponseBase = super().post(request, *args, **options)
        if answer.status_code < 400:  # noqa: PLR2004 - the app proved who it is
            _failures.give_back(address)
        return answer

    def http_method_not_allowed(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:  # noqa: ARG002 - Django hands them over
        """405, in the shape of the other errors."""
        return _error("invalid_request", "Use POST.", status=405, headers={"Allow": "POST"})


@method_decorator(csrf_exempt, name="dispatch")
class AppTokenView(_Guarded, TokenView):  # type: ignore[misc]
    """Tokens by client credentials alone (RFC 6749 4.4)."""

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
        """A token, or an error of RFC 6749 5.2."""
        if request.POST.get("grant_type") not in {None, CLIENT_CREDENTIALS}:
            return _error("unsupported_grant_type", "Tokens are had by client credentials alone.")
        return super().post(request, *args, **options)


@method_decorator(csrf_exempt, name="dispatch")
class AppRevokeView(_Guarded, RevokeTokenView):  # type: ignore[misc]
    """Giving a token back (RFC 7009): 200 whether or not there was one, for an app that proves who it is."""


def _error(code: str, description: str, *, status: int = 400, headers: dict[str, str] | None = None) -> JsonResponse:
    unkept = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    return JsonResponse(
        {"error": code, "error_description": description}, status=status, headers=unkept | (headers or {})
    )
