"""The addresses of the OAuth 2 server that programs call, with what the toolkit leaves open closed."""

import json

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import RevokeTokenView, TokenView
from oauth2_provider.views.mixins import OAuthLibMixin
from oauthlib.common import Request

from consentry.api.last_use import LAST_USE
from consentry.api.oauth.form import fault_of_form
from consentry.api.oauth.introspect import introspected
from consentry.api.oauth.validator import CLIENT_CREDENTIALS, CONNECT_LINK
from consentry.api.rate_limit import RateLimit
from consentry.partners.actions.end_token_chain import end_chain_of_replaced_token, end_chain_of_spent_code

REFUSED_A_MINUTE = 60

_failures = RateLimit(REFUSED_A_MINUTE)


class _Guarded(OAuthLibMixin):  # type: ignore[misc]
    """POST of a form alone, in UTF-8, no parameter twice (RFC 6749 3.2) or with a NUL, nothing in the address.

    Guesses are slowed down at all addresses together.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
        """What the toolkit answers, or an error of RFC 6749 5.2."""
        if fault := fault_of_form(request):
            return _error("invalid_request", fault)
        address = request.META.get("REMOTE_ADDR")
        if wait := _failures.take(address):
            return _error("temporarily_unavailable", "Too many calls.", status=429, headers={"Retry-After": str(wait)})
        answer: HttpResponseBase = super().post(request, *args, **options)
        LAST_USE.note()
        if answer.status_code < 400:  # noqa: PLR2004 - the app proved who it is
            _failures.give_back(address)
        return answer

    def http_method_not_allowed(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:  # noqa: ARG002 - Django hands them over
        """405, in the shape of the other errors."""
        return _error("invalid_request", "Use POST.", status=405, headers={"Allow": "POST"})


class _InOneTransaction(TokenView):  # type: ignore[misc]
    """What is looked at, given and used up is one transaction; an error leaves nothing of it."""

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
        """What the toolkit answers; after an error's roll-back, what follows when a code or a token was shown before.

        Somebody else may have it, and who shows it does not matter (RFC 6749, 4.1.2; RFC 9700, 4.14.2).
        """
        with transaction.atomic(durable=True):
            answer: HttpResponseBase = super().post(request, *args, **options)
            if answer.status_code >= 400:  # noqa: PLR2004 - an error
                transaction.set_rollback(True)
        if _error_of(answer) == "invalid_grant":  # told to an app alone that proved who it is
            at = timezone.now()
            end_chain_of_spent_code(request.POST.get("code", ""), at=at)
            end_chain_of_replaced_token(request.POST.get("refresh_token", ""), at=at)
        return answer


@method_decorator(csrf_exempt, name="dispatch")
class AppTokenView(_Guarded, _InOneTransaction):
    """Tokens by client credentials (RFC 6749 4.4), and by the connect link: by a code and then by refresh tokens."""

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponseBase:
        """A token, or an error of RFC 6749 5.2."""
        if request.POST.get("grant_type") not in {None, CLIENT_CREDENTIALS, *CONNECT_LINK}:
            return _error("unsupported_grant_type", "Tokens are had by client credentials and by the connect link.")
        return super().post(request, *args, **options)


@method_decorator(csrf_exempt, name="dispatch")
class AppRevokeView(_Guarded, RevokeTokenView):  # type: ignore[misc]
    """Giving a token back (RFC 7009): 200 whether or not there was one, for an app that proves who it is."""


class _Introspection(OAuthLibMixin, View):  # type: ignore[misc]
    """RFC 7662, where each app is told of its own tokens alone."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """What there is to say of the token; of every other one that it is not active."""
        core = self.get_oauthlib_core()
        asking = Request(request.path, "POST", request.body.decode(), core.extract_headers(request))
        if not core.server.request_validator.authenticate_client(asking):
            headers = {"WWW-Authenticate": 'Basic realm="Consentry", charset="UTF-8"'}
            return _error("invalid_client", "The client is not known by this.", status=401, headers=headers)
        if not asking.token:
            return _error("invalid_request", "The token is missing.")
        return JsonResponse(introspected(asking.token, asking.client.client_id), headers=_UNKEPT)


@method_decorator(csrf_exempt, name="dispatch")
class AppIntrospectView(_Guarded, _Introspection):  # type: ignore[misc]
    """Looking what a token is good for."""


_UNKEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def _error(code: str, description: str, *, status: int = 400, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(
        {"error": code, "error_description": description}, status=status, headers=_UNKEPT | (headers or {})
    )


def _error_of(answer: HttpResponseBase) -> object:
    """The name of the error that the toolkit answered with, None where it gave a token."""
    return json.loads(getattr(answer, "content", b"{}")).get("error")
