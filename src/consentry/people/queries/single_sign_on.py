"""Whom an identity provider's word is about, at the one site for which it vouches."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from consentry.people.models import Account, User, UserType
from consentry.people.queries.identity_providers import Provider, school_vouched_for
from consentry.rules.single_sign_on import Candidate, Refusal, choose, same_email


@dataclass(frozen=True)
class Unmatched:
    """Why a provider's word lets nobody in, with the account that it would have been where that is clear."""

    refusal: Refusal
    account: Account | None = None


def known(provider: Provider, user: User) -> Account | Unmatched:
    """The account at the provider's site of somebody whom it knows already, whatever their e-mail is now."""
    return _chosen(list(_own(provider).filter(user=user)))


def found_by_email(provider: Provider, email: str) -> Account | Unmatched:
    """The one member of staff of the provider's site whose e-mail this is.

    It is that of their staff profile or, where that says none, the one they sign in with.
    """
    by_profile = Q(profile_email__iexact=email)
    by_own = Q(profile_email="", user__email__iexact=email)
    alike = _own(provider).filter(by_profile | by_own)
    return _chosen([each for each in alike if same_email(each.profile_email or each.user.email, email)])


def accounts_vouched_for(provider: str, user: User) -> QuerySet[Account]:
    """The enabled account of the user at the site for which the provider of this name vouches."""
    return Account.objects.filter(user=user, school=school_vouched_for(provider), trust=None, enabled=True)


def _own(provider: Provider) -> QuerySet[Account]:
    """The accounts of the site's own people, enabled or not: nobody's who came from a trust."""
    return Account.objects.filter(school=provider.site, trust=None).select_related("user", "school")


def _chosen(found: list[Account]) -> Account | Unmatched:
    candidates = [
        Candidate(each.id, is_staff=each.user_type == UserType.STAFF, is_enabled=each.enabled and each.user.is_active)
        for each in found
    ]
    chosen = choose(candidates)
    if isinstance(chosen, Refusal):
        return Unmatched(chosen, found[0] if len(found) == 1 else None)
    return next(each for each in found if each.id == chosen)
