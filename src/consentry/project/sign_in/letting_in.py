"""What becomes of somebody for whom a site's provider vouches: known, found by e-mail once, or told why not."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils import timezone

from consentry.people.actions.link_person import LinkedAlreadyError, link_person
from consentry.people.actions.note_sign_in import note_sign_in_of, note_stranger
from consentry.people.models import Account, Outcome
from consentry.people.queries.identity_providers import Provider
from consentry.people.queries.single_sign_on import Unmatched, found_by_email, known
from consentry.rules.identity_providers import Vouching
from consentry.rules.single_sign_on import Refusal, vouched
from consentry.schools.queries import school_id
from consentry.web.pages.site_sign_in import not_let_in
from consentry.web.sign_in_facts import sign_in_facts

OUTCOMES = {
    Refusal.NO_MATCH: Outcome.NO_MATCH,
    Refusal.SEVERAL_MATCH: Outcome.SEVERAL_MATCH,
    Refusal.GUARDIAN: Outcome.GUARDIAN,
    Refusal.UNVERIFIED: Outcome.UNVERIFIED,
    Refusal.WITHOUT_EMAIL: Outcome.UNVERIFIED,
    Refusal.DISABLED: Outcome.DISABLED,
    Refusal.OTHER_DOMAIN: Outcome.NO_MATCH,
    Refusal.LINKED_TO_ANOTHER: Outcome.NO_MATCH,
}
"""What the Login History calls each refusal."""


def let_in(request: HttpRequest, login: Any) -> None:
    """Say who it is that django-allauth signs in. Raises ImmediateHttpResponse, with the page that says why not.

    `login` is django-allauth's: with a user where the subject is known already.
    """
    provider: Provider = login.provider.of
    match = _match(provider, login)
    if isinstance(match, Unmatched):
        _note(request, provider, match)
        raise ImmediateHttpResponse(not_let_in(request, match.refusal, provider))
    login.user = match.user


def _match(provider: Provider, login: Any) -> Account | Unmatched:
    word = vouched(provider.kind, login.claims, provider.hosted_domain)
    if isinstance(word, Refusal):
        return Unmatched(word)
    if login.is_existing:
        return known(provider, login.user)
    if not word.email:
        return Unmatched(Refusal.WITHOUT_EMAIL if provider.kind is Vouching.SAML else Refusal.UNVERIFIED)
    found = found_by_email(provider, word.email)
    return found if isinstance(found, Unmatched) else _linked(provider, found, login)


def _linked(provider: Provider, account: Account, login: Any) -> Account | Unmatched:
    try:
        login.account = link_person(provider, account, login.account.uid, at=timezone.now())
    except LinkedAlreadyError:
        return Unmatched(Refusal.LINKED_TO_ANOTHER, account)
    except ObjectDoesNotExist:  # disabled since it was found
        return Unmatched(Refusal.DISABLED, account)
    return account


def _note(request: HttpRequest, provider: Provider, match: Unmatched) -> None:
    facts, outcome = sign_in_facts(request, at=timezone.now(), provider=provider.kind.value), OUTCOMES[match.refusal]
    if match.account is None:
        note_stranger(school_id(provider.site), outcome=outcome, facts=facts)
    else:
        note_sign_in_of([match.account], outcome=outcome, facts=facts)
