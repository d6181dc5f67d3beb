"""How the person of a session came in: what django-allauth has written down of it."""

from collections.abc import Mapping
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from consentry.people.models import User
from consentry.rules.second_factor import Coming
from consentry.web.sign_in_facts import client_address

_FACTOR, _SSO = "mfa", "socialaccount"
FACTORS = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery code"}
"""What the Login History calls each kind of second factor."""

Step = Mapping[str, Any]
"""One thing that somebody has proved, as django-allauth records it: its method, and what is particular to that."""


def how_they_came(request: HttpRequest, user: User) -> Coming:
    """What this user has proved in this session, signed in or about to be, and from where they ask now."""
    last, factors = steps(request, user)
    return Coming(bool(factors), last.get("method") == _SSO, client_address(request))


def steps(request: HttpRequest, user: User) -> tuple[Step, list[Step]]:
    """The last thing by which they said who they are, and the second factors that they have used beside it.

    A passkey can be both. A second factor holds for the session, whatever came after it; to confirm that it is them
    does not change how they came.
    """
    taken: list[Step] = get_authentication_records(request, user)
    factors = [step for step in taken if step["method"] == _FACTOR]
    came = [step for step in taken if not step.get("reauthenticated")]
    signing_in = [step for step in came if step["method"] != _FACTOR or step.get("passwordless")]
    return (signing_in or [{}])[-1], factors
