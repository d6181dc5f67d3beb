"""End a chain of tokens: none of them opens anything, and none is renewed."""

from datetime import datetime
from enum import StrEnum

from oauth2_provider.models import RefreshToken

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.models import TokenChain
from consentry.rules.identity import SchoolId


class Ending(StrEnum):
    """Why a chain ended. A code or a token that is shown twice may be in other hands (RFC 9700, 2.1.1 and 4.14.2)."""

    GIVEN_BACK = "given back by the app"
    CODE_SHOWN_TWICE = "its code was shown twice"
    TOKEN_SHOWN_TWICE = "a replaced refresh token was shown"  # noqa: S105 - a reason


class EndedBeforeError(Exception):
    """Nothing is left to end."""


def end_token_chain(chain: TokenChain, why: Ending, *, by: Actor, at: datetime) -> None:
    """From the next call on. Raises EndedBeforeError for one that has ended."""
    with change(actor=by, at=at, school=SchoolId(chain.school_id)) as this:
        kept = _lock(chain.id)
        RefreshToken.revoke_family(kept.family)
        kept.ended_at = at
        kept.save(update_fields=["ended_at"])
        this.record(EventName.TOKENS_ENDED, kept, app=kept.app_id, app_name=kept.app.name, why=why.value)


def _lock(chain: int) -> TokenChain:
    kept = TokenChain.objects.select_for_update(of=("self",)).select_related("app").get(id=chain)
    if kept.ended_at is not None:
        raise EndedBeforeError
    return kept
