"""Keep an answer of a SAML identity provider until the browser that asked for it comes back for it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from consentry.people.models import SamlAnswer


class UsedAlreadyError(Exception):
    """The provider has said this before."""


@dataclass(frozen=True)
class SamlWord:
    """What an assertion says that counts: to which request of ours it answers, and of whom it speaks."""

    in_response_to: str
    subject: str
    email: str


def keep_saml_answer(provider: str, assertion: str, word: SamlWord, *, until: datetime, at: datetime) -> str:
    """The one-time name by which the browser comes back for it.

    `provider` is named by its slug; `assertion` is the id that it gave its assertion, which counts once. Raises
    UsedAlreadyError.
    """
    handle = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            SamlAnswer.objects.create(
                provider=provider,
                assertion_hash=hashed(assertion),
                handle_hash=hashed(handle),
                in_response_to=word.in_response_to,
                subject=word.subject,
                email=word.email,
                made_at=at,
                expires_at=until,
            )
    except IntegrityError as known:
        raise UsedAlreadyError from known
    return handle


def hashed(name: str) -> bytes:
    """What is kept of a name."""
    return hashlib.sha256(name.encode()).digest()
