"""Take an answer of a SAML identity provider that was kept: once."""

from datetime import datetime, timedelta

from django.db import transaction

from consentry.people.actions.keep_saml_answer import SamlWord, hashed
from consentry.people.models import SamlAnswer

WAITS = timedelta(minutes=2)
"""For how long an answer waits: the browser is on its way already."""


def take_saml_answer(provider: str, handle: str, *, at: datetime) -> SamlWord | None:
    """What the provider said, for whoever has the one-time name; None for one that is unknown, used or too old."""
    with transaction.atomic():
        waiting = SamlAnswer.objects.select_for_update().filter(taken_at=None, made_at__gt=at - WAITS)
        found = waiting.filter(provider=provider, handle_hash=hashed(handle)).first()
        if found is None:
            return None
        word = SamlWord(found.in_response_to, found.subject, found.email)
        found.taken_at = at
        found.in_response_to = found.subject = found.email = ""
        found.save()
    return word
