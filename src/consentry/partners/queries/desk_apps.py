"""Apps as the operator's desk lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Coalesce, Lower

from consentry.partners.models import App, AppKind
from consentry.partners.queries.listing import Page, Wanted, place_of
from consentry.partners.queries.own_apps import logo_digest
from consentry.rules.app_life import AppStage

SORTS = ("name", "company", "since")
RUNNING = ("live", "not-live", "suspended")
"""What apps can be filtered by beside their stage."""

_MOST = 10_000


@dataclass(frozen=True)
class DeskApp:
    """One app in the list. `since`: from when it stands so; `logo`: the digest of its picture, "" for none."""

    id: int
    name: str
    company: str
    company_id: int
    stage: AppStage
    is_live: bool
    is_suspended: bool
    is_provider: bool
    since: datetime
    logo: str


def count_apps() -> dict[AppStage, int]:
    """How many apps stand at each stage."""
    counted = dict(App.objects.values_list("stage").annotate(count=Count("id")).order_by())
    return {stage: counted.get(stage.value, 0) for stage in AppStage}


def count_running() -> dict[str, int]:
    """How many apps are live, how many are not, how many are suspended."""
    return App.objects.aggregate(
        **{
            "live": Count("id", filter=Q(is_live=True, suspended_at=None)),
            "not-live": Count("id", filter=Q(is_live=False, stage=AppStage.ACCEPTED)),
            "suspended": Count("id", filter=Q(suspended_at__isnull=False)),
        }
    )


def list_apps(wanted: Wanted) -> Page[DeskApp]:
    """The wanted page, filtered by `stage`, `running` and `company`. Two queries."""
    found = _found(wanted)
    total = found.count()
    number, rows = place_of(wanted.page, total)
    return Page(tuple(_listed(each) for each in _sorted(found, wanted)[rows]), total, number)


def all_apps(wanted: Wanted) -> Iterator[DeskApp]:
    """All pages of it."""
    return (_listed(each) for each in _sorted(_found(wanted), wanted)[:_MOST])


def apps_of(company_id: int) -> list[DeskApp]:
    """The company's apps, by name."""
    return [_listed(each) for each in _sorted(App.objects.filter(company=company_id), Wanted("name"))[:_MOST]]


def app_by_id(app_id: int) -> App:
    """The app with its company. Raises App.DoesNotExist."""
    return App.objects.select_related("company", "picture").get(id=app_id)


def _found(wanted: Wanted) -> QuerySet[App]:
    found = App.objects.all()
    if wanted.q:
        found = found.filter(Q(name__icontains=wanted.q) | Q(company__name__icontains=wanted.q))
    if wanted.chosen.get("stage"):
        found = found.filter(stage=wanted.chosen["stage"])
    return _running(found, wanted.chosen.get("running", ""))


def _running(found: QuerySet[App], running: str) -> QuerySet[App]:
    if running == "suspended":
        return found.filter(suspended_at__isnull=False)
    if running == "live":
        return found.filter(is_live=True, suspended_at=None)
    return found.filter(is_live=False) if running == "not-live" else found


def _sorted(found: QuerySet[App], wanted: Wanted) -> QuerySet[App]:
    shown = (
        found.select_related("company", "picture")
        .defer("picture__png")
        .annotate(since=Coalesce("stage_since", "registered_at"))
    )
    keys: dict[str, Expression | F] = {"name": Lower("name"), "company": Lower("company__name"), "since": F("since")}
    return shown.order_by(OrderBy(keys[wanted.by], descending=wanted.descending), "id")


def _listed(each: App) -> DeskApp:
    return DeskApp(
        id=each.id,
        name=each.name,
        company=each.company.name,
        company_id=each.company_id,
        stage=AppStage(each.stage),
        is_live=each.is_live,
        is_suspended=each.suspended_at is not None,
        is_provider=each.kind == AppKind.DATA_PROVIDER,
        since=each.since,  # type: ignore[attr-defined]
        logo=logo_digest(each),
    )
