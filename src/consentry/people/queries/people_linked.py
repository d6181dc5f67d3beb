"""Whom an identity provider knows already."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from allauth.socialaccount.models import SocialAccount
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower, NullIf

from consentry.people.models import Account
from consentry.people.queries.identity_providers import Provider

PAGE_SIZE = 50


class SortedBy(StrEnum):
    """What the people are sorted by; the value is its name in addresses."""

    NAME = "name"
    EMAIL = "email"
    LINKED = "linked"


_ORDER: dict[SortedBy, F | Lower] = {
    SortedBy.NAME: Lower("user__name"),
    SortedBy.EMAIL: Lower("found_by"),
    SortedBy.LINKED: F("linked_at"),
}


@dataclass(frozen=True)
class Wanted:
    """Those of a name or an e-mail alone where `q` is one, in this order, this page of them."""

    q: str = ""
    sorted_by: SortedBy = SortedBy.NAME
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class LinkedPeople:
    """A page of them, and how many there are. Each account says since when as `linked_at`, its e-mail as `found_by`."""

    accounts: list[Account]
    total: int
    number: int


def people_linked(provider: Provider, wanted: Wanted) -> LinkedPeople:
    """The site's own people whom the provider knows, a page at a time. Two queries."""
    found = _found(provider, wanted)
    total = found.count()
    number = min(wanted.page, max(1, -(-total // PAGE_SIZE)))
    start = (number - 1) * PAGE_SIZE
    return LinkedPeople(list(found[start : start + PAGE_SIZE]), total, number)


def all_linked(provider: Provider, wanted: Wanted) -> Iterator[Account]:
    """The same, all pages of them."""
    return _found(provider, wanted).iterator()


def count_linked(provider: Provider) -> int:
    """How many of the site's own people the provider knows."""
    return _linked(provider).count()


def _found(provider: Provider, wanted: Wanted) -> QuerySet[Account]:
    found, q = _linked(provider), wanted.q
    if q:
        found = found.filter(Q(user__name__icontains=q) | Q(user__email__icontains=q) | Q(profile_email__icontains=q))
    first = _ORDER[wanted.sorted_by]
    return found.order_by(first.desc() if wanted.descending else first.asc(), "id")


def _linked(provider: Provider) -> QuerySet[Account]:
    links = SocialAccount.objects.filter(provider=provider.slug)
    since = links.filter(user=OuterRef("user")).values("date_joined")[:1]
    own = Account.objects.filter(school=provider.site, trust=None, user__in=links.values("user"))
    found_by = Coalesce(NullIf("profile_email", Value("")), "user__email")
    return own.annotate(linked_at=Subquery(since), found_by=found_by).select_related("user")
