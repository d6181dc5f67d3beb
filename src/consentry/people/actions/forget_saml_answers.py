"""Remove answers of SAML identity providers that nobody could use again."""

from datetime import datetime

from consentry.people.models import SamlAnswer


def forget_saml_answers(*, at: datetime) -> int:
    """Those whose assertion would not be accepted any more are gone; how many there were."""
    removed, _ = SamlAnswer.objects.filter(expires_at__lt=at).delete()
    return removed
