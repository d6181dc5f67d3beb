"""Whom an identity provider knows already."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db.models import OuterRef, Q, QuerySet, Subquery

from consentry.people.models import Account
from consentry.people.queries.identity_providers import Provider

PAGE_SIZE = 50


@dataclass(frozen=True)
class LinkedPeople:
    """A page of them, by name, and how many there are. Each account says since when as `linked_at`."""

    accounts: list[Account]
    total: int
    number: int


def people_linked(provider: Provider, q: str, page: int) -> LinkedPeople:
    """The site's own people whom the provider knows, those of a name or an e-mail alone where `q` is one."""
    found = _linked(provider)
    if q:
        found = found.filter(Q(user__name__icontains=q) | Q(user__email__icontains=q) | Q(profile_email__icontains=q))
    total = found.count()
    number = min(page, max(1, -(-total // PAGE_SIZE)))
    start = (number - 1) * PAGE_SIZE
    return LinkedPeople(list(found[start : start + PAGE_SIZE]), total, number)


def count_linked(provider: Provider) -> int:
    """How many of the site's own people the provider knows."""
    return _linked(provider).count()


def _linked(provider: Provider) -> QuerySet[Account]:
    links = SocialAccount.objects.filter(provider=provider.slug)
    since = links.filter(user=OuterRef("user")).values("date_joined")[:1]
    own = Account.objects.filter(school=provider.site, trust=None, user__in=links.values("user"))
    return own.annotate(linked_at=Subquery(since)).select_related("user").order_by("user__name", "id")
