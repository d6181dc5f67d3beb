"""Remember for what the first tokens of a chain were given."""

from datetime import datetime, timedelta
from uuid import UUID

from consentry.partners.models import App, TokenChain
from consentry.partners.queries.token_chains import digest_of
from consentry.people.models import User
from consentry.schools.queries import site_by_slug

LONGEST_LIFE = timedelta(days=90)
"""How long a chain can be renewed, however often it was (ASVS 10.4.8): then somebody approves by the link again."""


def open_token_chain(family: UUID, code: str, *, client_id: str, slug: str, given_by: User, at: datetime) -> None:
    """The chain of these tokens, in the transaction in which they are made and the code is spent."""
    TokenChain.objects.create(
        family=family,
        code_digest=digest_of(code),
        app=App.objects.get(application_user=client_id),
        school=site_by_slug(slug),
        given_by=given_by,
        given_at=at,
        ends_at=at + LONGEST_LIFE,
    )
