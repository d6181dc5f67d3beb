"""The token address of the OAuth 2 server, with what the toolkit leaves open closed."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import TokenView

from consentry.api.rate_limit import RateLimit

CLIENT_CREDENTIALS = "client_credentials"
REFUSED_A_MINUTE = 60

_failures = RateLimit(REFUSED_A_MINUTE)


@method_decorator(csrf_exempt, name="dispatch")
class AppTokenView(TokenView):  # type: ignore[misc]
    """Tokens by client credentials alone (RFC 6749 4.4): no parameter twice (3.2), guesses slowed down."""

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
        """A token, or an error of RFC 6749 5.2."""
        address = request.META.get("REMOTE_ADDR")
        if any(len(values) > 1 for _, values in request.POST.lists()):
            return _error("invalid_request", "A parameter stands twice.")
        if request.POST.get("grant_type") not in {None, CLIENT_CREDENTIALS}:
            return _error("unsupported_grant_type", "Tokens are had by client credentials alone.")
        if wait := _failures.take(address):
            return _error("temporarily_unavailable", "Too many calls.", status=429, headers={"Retry-After": str(wait)})
        answer: HttpResponseBase = super().post(request, *args, **options)
        if answer.status_code < 400:  # noqa: PLR2004 - a token was given
            _failures.give_back(address)
        return answer


def _error(code: str, description: str, *, status: int = 400, headers: dict[str, str] | None = None) -> JsonResponse:
    unkept = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    return JsonResponse(
        {"error": code, "error_description": description}, status=status, headers=unkept | (headers or {})
    )
