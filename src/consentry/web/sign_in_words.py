"""Words for attempts to sign in: who vouched, what the second factor was, how it ended."""

from consentry.people.models import Outcome, ProviderKind

PROVIDERS = {"password": "Password", "passkey": "Passkey"} | {each.value: str(each.label) for each in ProviderKind}
"""By the values that `note_sign_in` writes, in the order in which they are offered."""

NOBODY = "Nobody found"
"""Who an attempt was of that single sign-on could match with nobody."""


def provider(value: str) -> str:
    """Who vouched for the person; a value that is not known stays as it is."""
    return PROVIDERS.get(value, value)


def second_factor(value: str) -> str:
    """What was used beside it: "Authenticator app", "None"."""
    return value[:1].upper() + value[1:] if value else "None"


def outcome_tag(outcome: Outcome) -> dict[str, str]:
    """How it ended, for components/tag.html."""
    return {"label": str(outcome.label), "tone": "good" if outcome is Outcome.SIGNED_IN else "bad"}
