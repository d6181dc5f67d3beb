"""End a chain of tokens: none of them opens anything, and none is renewed."""

from contextlib import suppress
from datetime import datetime
from enum import StrEnum

from oauth2_provider.models import Application, RefreshToken

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.partners.models import TokenChain
from consentry.partners.queries.token_chains import chain_of_own_token, chain_of_replaced_token, chain_of_spent_code
from consentry.rules.identity import SchoolId


class Ending(StrEnum):
    """Why a chain ended. A code or a token that is shown twice may be in other hands (RFC 9700, 2.1.1 and 4.14.2)."""

    GIVEN_BACK = "given back by the app"
    CODE_SHOWN_TWICE = "its code was shown twice"
    TOKEN_SHOWN_TWICE = "a replaced refresh token was shown"  # noqa: S105 - a reason
    BY_COMPANY = "ended by its company"
    BY_SITE = "ended by the site"


def end_chain_of_spent_code(code: str, *, at: datetime) -> None:
    """End what was given for this code when it was shown first, if anything was."""
    _end(chain_of_spent_code(code), Ending.CODE_SHOWN_TWICE, at)


def end_chain_of_replaced_token(refresh_token: str, *, at: datetime) -> None:
    """End the chain in which this refresh token was replaced; nothing for one that is the newest of its chain."""
    _end(chain_of_replaced_token(refresh_token), Ending.TOKEN_SHOWN_TWICE, at)


def give_back_token(token: str, client: Application, *, at: datetime) -> bool:
    """End the chain of this access or refresh token of the client's own; whether it is one of a chain."""
    chain = chain_of_own_token(token, client)
    _end(chain, Ending.GIVEN_BACK, at)
    return chain is not None


class _EndedBeforeError(Exception):
    """Nothing is left to end."""


def _end(chain: TokenChain | None, why: Ending, at: datetime) -> None:
    """From the next call on. One that has ended is left as it is."""
    if chain is None:
        return
    app = Actor(ActorKind.APP, chain.app_id, chain.app.name)
    with suppress(_EndedBeforeError), change(actor=app, at=at, school=SchoolId(chain.school_id)) as this:
        end_chain(this, _lock(chain.id), why)


def end_chain(this: Change, chain: TokenChain, why: Ending) -> None:
    """The same in an open change at the chain's site, which has locked the chain and seen that it goes on."""
    RefreshToken.revoke_family(chain.family)
    chain.ended_at = this.at
    chain.save(update_fields=["ended_at"])
    this.record(EventName.TOKENS_ENDED, chain, app=chain.app_id, app_name=chain.app.name, why=why.value)


def _lock(chain: int) -> TokenChain:
    kept = TokenChain.objects.select_for_update(of=("self",)).select_related("app").get(id=chain)
    if kept.ended_at is not None:
        raise _EndedBeforeError
    return kept
