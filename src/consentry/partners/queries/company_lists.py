"""A company's apps and members, as its own people list them."""

from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Coalesce, Lower

from consentry.partners.models import App, Company, CompanyMember
from consentry.partners.queries.listing import Page, Wanted, place_of
from consentry.partners.queries.own_apps import apps_of_company
from consentry.rules.app_life import Category

Row = TypeVar("Row", bound=Model)

APP_SORTS = ("name", "category", "since")
MEMBER_SORTS = ("name", "email", "role", "since")

_KEYS: dict[str, Expression | F] = {
    "name": Lower("name"),
    "category": F("category"),
    "since": F("since"),
}
_MEMBER_KEYS: dict[str, Expression | F] = {
    "name": Lower("user__name"),
    "email": Lower("user__email"),
    "role": F("role"),
    "since": F("joined_at"),
}


def list_own_apps(company: Company, wanted: Wanted) -> Page[App]:
    """The wanted page of the company's apps, filtered by `stage`, each with `since`, from when it stands so.

    Two queries.
    """
    return _page(_apps(company, wanted), wanted)


def all_own_apps(company: Company, wanted: Wanted) -> list[App]:
    """All pages of it."""
    return list(_apps(company, wanted))


def list_members(company: Company, wanted: Wanted) -> Page[CompanyMember]:
    """The wanted page of who acts for the company now, filtered by `role`. Two queries."""
    return _page(_members(company, wanted), wanted)


def all_members(company: Company, wanted: Wanted) -> list[CompanyMember]:
    """All pages of it."""
    return list(_members(company, wanted))


def _page(found: QuerySet[Row], wanted: Wanted) -> Page[Row]:
    total = found.count()
    number, rows = place_of(wanted.page, total)
    return Page(tuple(found[rows]), total, number)


def _apps(company: Company, wanted: Wanted) -> QuerySet[App]:
    found = apps_of_company(company).annotate(since=Coalesce("stage_since", "registered_at"))
    if wanted.q:
        named = [each.value for each in Category if wanted.q.lower() in each.label.lower()]
        found = found.filter(Q(name__icontains=wanted.q) | Q(category__in=named))
    if wanted.chosen.get("stage"):
        found = found.filter(stage=wanted.chosen["stage"])
    return found.order_by(OrderBy(_KEYS[wanted.by], descending=wanted.descending), "id")


def _members(company: Company, wanted: Wanted) -> QuerySet[CompanyMember]:
    found = CompanyMember.objects.filter(company=company, ended_at=None).select_related("user", "company")
    if wanted.q:
        found = found.filter(Q(user__name__icontains=wanted.q) | Q(user__email__icontains=wanted.q))
    if wanted.chosen.get("role"):
        found = found.filter(role=wanted.chosen["role"])
    return found.order_by(OrderBy(_MEMBER_KEYS[wanted.by], descending=wanted.descending), "id")
