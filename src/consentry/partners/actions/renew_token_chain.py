"""Note that the tokens of a chain were replaced by new ones."""

from datetime import datetime
from uuid import UUID

from consentry.partners.models import TokenChain


def renew_token_chain(family: UUID, *, at: datetime) -> None:
    """In the transaction in which the new ones are made."""
    TokenChain.objects.filter(family=family).update(refreshed_at=at)
