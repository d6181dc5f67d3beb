"""Signing in by the pages, as a browser does, with a password and an authenticator app."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from consentry.people.models import User
from tests.world import PASSWORD

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)


def enter_password(client: Client, email: str, password: str = PASSWORD, **sent: Any) -> Any:
    """What the sign-in page answers to this e-mail and password."""
    return client.post("/accounts/login/", {"login": email, "password": password}, **sent)


def signed_in(user: User, **sent: Any) -> Client:
    """A browser in which this person has signed in by their password."""
    client = Client(raise_request_exception=False)
    enter_password(client, user.email, **sent)
    return client


def confirm_password(client: Client, password: str = PASSWORD) -> Any:
    """What is answered to the password of somebody signed in, asked for once more."""
    return client.post("/accounts/reauthenticate/", {"password": password})


def set_up_app(client: Client) -> str:
    """The secret of an authenticator app that the person of this browser has just set up."""
    confirm_password(client)
    secret: str = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content
    return secret


def with_app(user: User) -> str:
    """The secret of an authenticator app that this person has set up, in a browser that is closed by now."""
    client = signed_in(user)
    secret = set_up_app(client)
    client.post("/accounts/logout/")
    return secret


def code_of(secret: str) -> str:
    """What the app shows at this moment; a code that was shown and used before in the same half-minute works again."""
    cache.clear()
    _, now, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


def recovery_codes(user: User) -> list[str]:
    """The recovery codes that this person has not used."""
    unused: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return unused
