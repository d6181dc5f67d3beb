"""What the Login History is told of a session: by what its user came, and with which second factor."""

from django.http import HttpRequest
from django.utils import timezone

from consentry.people.actions.note_sign_in import SignInFacts
from consentry.people.models import User
from consentry.people.queries.identity_providers import kind_of_provider
from consentry.web.how_they_came import FACTORS, Step, steps
from consentry.web.sign_in_facts import sign_in_facts


def facts_of(request: HttpRequest, user: User, *, second_factor: str = "") -> SignInFacts:
    """By what this user came, and with which second factor: the one they have used last, unless it is said."""
    last, factors = steps(request, user)
    used = second_factor or (FACTORS[factors[-1]["type"]] if factors else "")
    return sign_in_facts(request, at=timezone.now(), provider=_provider(last), second_factor=used)


def _provider(step: Step) -> str:
    if step.get("passwordless"):
        return "passkey"
    if step.get("method") == "socialaccount":
        return kind_of_provider(str(step["provider"]))
    return "password"
