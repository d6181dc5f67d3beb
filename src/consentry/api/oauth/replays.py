"""What follows when a code or a refresh token is shown that was used up before: somebody else may have it."""

from contextlib import suppress

from django.utils import timezone

from consentry.audit.actor import Actor, ActorKind
from consentry.partners.actions.end_token_chain import EndedBeforeError, Ending, end_token_chain
from consentry.partners.models import TokenChain
from consentry.partners.queries.token_chains import chain_of_replaced_token, chain_of_spent_code


def end_what_was_shown_twice(code: str, refresh_token: str) -> None:
    """End the chain that this spent code began, or in which this refresh token was replaced; nothing for others.

    Sources: RFC 6749, 4.1.2; RFC 9700, 4.14.2. Which app shows it does not matter: it is known to two.
    """
    for chain, why in (
        (chain_of_spent_code(code), Ending.CODE_SHOWN_TWICE),
        (chain_of_replaced_token(refresh_token), Ending.TOKEN_SHOWN_TWICE),
    ):
        if chain is not None:
            end_chain(chain, why)


def end_chain(chain: TokenChain, why: Ending) -> None:
    """End the chain in the name of its app; one that has ended is left as it is."""
    with suppress(EndedBeforeError):
        end_token_chain(chain, why, by=Actor(ActorKind.APP, chain.app_id, chain.app.name), at=timezone.now())
