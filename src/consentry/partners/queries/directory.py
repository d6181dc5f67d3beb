"""The partner directory: every app that a school can connect, directly or through a data provider."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, F, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower

from consentry.partners.models import App, AppBehind, AppKind, PermissionSetVersion
from consentry.partners.queries.listing import Page, Wanted, place_of
from consentry.rules.app_life import AppStage, Category
from consentry.rules.company_life import CompanyState

M = TypeVar("M", bound=Model)

SORTS = ("name", "company", "category")
ROUTES = ("direct", "provider", "through")
"""How an app comes to a school's data: directly, as a data provider itself, or through one."""

_MOST = 10_000
_KINDS = {"direct": AppKind.DIRECT, "provider": AppKind.DATA_PROVIDER}
_COLUMNS = (
    "e_route", "e_number", "e_name", "e_company", "e_category", "e_app", "e_app_name", "e_version",
    "e_logo", "k_name", "k_company",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One app of the directory. `app` is what is connected: itself, or the data provider it comes through.

    `number` is its id among the apps, or among those behind providers; `version` what `app` asks of schools; `logo` is
    the digest of its picture, "" for none.
    """

    route: str
    number: int
    name: str
    company: str
    category: Category
    app: int
    app_name: str
    version: int | None
    logo: str


def integrated_apps() -> QuerySet[App]:
    """The apps that any site can connect now: live, not suspended, accepted, of accepted companies."""
    found = acceptable_apps().filter(is_live=True, suspended_at=None)
    return found.select_related("company")


def acceptable_apps() -> QuerySet[App]:
    """The apps that the operator accepted, of accepted companies: these have a page in the directory."""
    return App.objects.filter(stage=AppStage.ACCEPTED, company__state=CompanyState.ACCEPTED)


def directory_app(app_id: int) -> App:
    """An accepted app with its company; it may not be live, or be suspended. Raises App.DoesNotExist."""
    return acceptable_apps().select_related("company", "picture").get(id=app_id)


def directory_behind(number: int) -> AppBehind:
    """An app behind a provider that is in the directory. Raises AppBehind.DoesNotExist."""
    return AppBehind.objects.select_related("provider__company").get(
        id=number, ended_at=None, provider__in=integrated_apps()
    )


def behind(provider: int) -> list[AppBehind]:
    """The apps behind this provider now, by name."""
    return list(AppBehind.objects.filter(provider=provider, ended_at=None).order_by(Lower("name"), "id"))


def partner_choices() -> list[tuple[int, str]]:
    """The apps of the directory to choose from: id and "name by company"."""
    return [(each.id, f"{each.name} by {each.company.name}") for each in integrated_apps().order_by(Lower("name"))]


def count_partners() -> int:
    """How many entries the directory has."""
    return _entries(Wanted("name")).count()


def partners_named(name: str) -> list[Entry]:
    """The entries of this very name, whatever its capitals."""
    wanted = Wanted("name", q=name)
    return [each for each in _listed(_sorted(_entries(wanted), wanted)) if each.name.lower() == name.lower()]


def list_directory(wanted: Wanted) -> Page[Entry]:
    """The wanted page, filtered by `category` and `route`. Two queries."""
    found = _entries(wanted)
    total = found.count()
    number, rows = place_of(wanted.page, total)
    return Page(tuple(_listed(_sorted(found, wanted)[rows])), total, number)


def all_of_directory(wanted: Wanted) -> Iterator[Entry]:
    """All pages of it."""
    return _listed(_sorted(_entries(wanted), wanted)[:_MOST])


def _entries(wanted: Wanted) -> "QuerySet[Any, tuple[Any, ...]]":
    """Both kinds as one list, of rows of _COLUMNS."""
    own, passed, route = _own(wanted), _passed(wanted), wanted.chosen.get("route")
    if route:
        own = own.none() if route == "through" else own.filter(kind=_KINDS[route])
        passed = passed if route == "through" else passed.none()
    return own.values_list(*_COLUMNS).union(passed.values_list(*_COLUMNS), all=True)


def _own(wanted: Wanted) -> QuerySet[App]:
    found = _searched(integrated_apps(), wanted, "company__name")
    return found.annotate(
        e_route=Case(When(kind=AppKind.DATA_PROVIDER, then=Value("provider")), default=Value("direct")),
        e_number=F("id"),
        e_name=F("name"),
        e_company=F("company__name"),
        e_category=F("category"),
        e_app=F("id"),
        e_app_name=F("name"),
        e_version=_newest(OuterRef("id")),
        e_logo=Coalesce("picture__digest", Value("")),
        k_name=Lower("name"),
        k_company=Lower("company__name"),
    )


def _passed(wanted: Wanted) -> QuerySet[AppBehind]:
    found = AppBehind.objects.filter(ended_at=None, provider__in=integrated_apps())
    return _searched(found, wanted, "company").annotate(
        e_route=Value("through"),
        e_number=F("id"),
        e_name=F("name"),
        e_company=F("company"),
        e_category=F("category"),
        e_app=F("provider"),
        e_app_name=F("provider__name"),
        e_version=_newest(OuterRef("provider")),
        e_logo=Value(""),
        k_name=Lower("name"),
        k_company=Lower("company"),
    )


def _newest(app: OuterRef) -> Subquery:
    """The version that an app asks of schools now."""
    return Subquery(PermissionSetVersion.objects.filter(app=app).order_by("-number").values("id")[:1])


def _searched(found: QuerySet[M], wanted: Wanted, company: str) -> QuerySet[M]:
    if wanted.q:
        found = found.filter(Q(name__icontains=wanted.q) | Q(**{f"{company}__icontains": wanted.q}))
    return found.filter(category=wanted.chosen["category"]) if wanted.chosen.get("category") else found


def _sorted(found: "QuerySet[Any, tuple[Any, ...]]", wanted: Wanted) -> "QuerySet[Any, tuple[Any, ...]]":
    key = {"name": "k_name", "company": "k_company", "category": "e_category"}[wanted.by]
    return found.order_by(f"-{key}" if wanted.descending else key, "k_name", "e_route", "e_number")


def _listed(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    for route, number, name, company, category, app, app_name, version, logo, *_ in rows:
        yield Entry(route, number, name, company, Category(category), app, app_name, version, logo)
