"""What schools wish for: of one school, and of all of them for the operator's desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Lower

from consentry.partners.models import AppWish, WishNote
from consentry.partners.queries.directory import integrated_apps
from consentry.partners.queries.listing import Page, Wanted, place_of
from consentry.rules.wish_life import ENDED, WishState
from consentry.schools.models import Site

SORTS = ("app", "school", "asked")
_MOST = 10_000


@dataclass(frozen=True)
class ListedWish:
    """One wish in a list."""

    id: int
    app_name: str
    company_name: str
    school: str
    asked_by: str
    asked_at: datetime
    state: WishState


def locked_wish(wish_id: int) -> AppWish:
    """The wish of any site, locked until the open change ends. Raises AppWish.DoesNotExist."""
    return AppWish.objects.select_for_update(no_key=True).get(id=wish_id)


def site_of_wish(wish_id: int) -> Site:
    """Whose wish it is. Raises AppWish.DoesNotExist."""
    return AppWish.objects.select_related("school").get(id=wish_id).school


def wish_by_id(wish_id: int) -> AppWish:
    """The wish of any site, with who asked. Raises AppWish.DoesNotExist."""
    return _whole().get(id=wish_id)


def wish_at(site: Site, wish_id: int) -> AppWish:
    """The site's wish. Raises AppWish.DoesNotExist, for another site's too."""
    return _whole().get(school=site, id=wish_id)


def notes_of(wish: AppWish) -> list[WishNote]:
    """Its steps, the oldest first."""
    return list(wish.notes.order_by("at", "id"))


def wishes_of_partners() -> list[tuple[int, int]]:
    """The wishes that go on for an app that is in the directory by now, each with the app.

    It is the app where both its name and its company's are those of the wish, whatever the capitals. One query.
    """
    named = integrated_apps().filter(name__iexact=OuterRef("app_name"), company__name__iexact=OuterRef("company_name"))
    going_on = AppWish.objects.exclude(state__in=[state.value for state in ENDED])
    found = going_on.annotate(partner=Subquery(named.order_by("id").values("id")[:1])).filter(partner__isnull=False)
    return list(found.order_by("id").values_list("id", "partner"))


def count_wishes() -> dict[WishState, int]:
    """How many wishes of all sites stand in each state."""
    counted = dict(AppWish.objects.values_list("state").annotate(count=Count("id")).order_by())
    return {state: counted.get(state.value, 0) for state in WishState}


def asked_for_too(wish: AppWish) -> int:
    """How many other sites wish for an app of this name."""
    others = AppWish.objects.filter(app_name__iexact=wish.app_name).exclude(school=wish.school_id)
    return others.exclude(state=WishState.WITHDRAWN).values("school").distinct().count()


def list_wishes(wanted: Wanted, site: Site | None = None) -> Page[ListedWish]:
    """The wanted page of the site's wishes, or of all (None), filtered by `state`. Two queries."""
    found = _found(wanted, site)
    total = found.count()
    number, rows = place_of(wanted.page, total)
    return Page(tuple(_listed(each) for each in _sorted(found, wanted)[rows]), total, number)


def all_wishes(wanted: Wanted, site: Site | None = None) -> Iterator[ListedWish]:
    """All pages of it."""
    return (_listed(each) for each in _sorted(_found(wanted, site), wanted)[:_MOST])


def _whole() -> QuerySet[AppWish]:
    return AppWish.objects.select_related("school", "asked_by", "app__company")


def _found(wanted: Wanted, site: Site | None) -> QuerySet[AppWish]:
    found = AppWish.objects.filter(school=site) if site else AppWish.objects.all()
    if wanted.q:
        own = Q(app_name__icontains=wanted.q) | Q(company_name__icontains=wanted.q)
        found = found.filter(own if site else own | Q(school__name__icontains=wanted.q))
    return found.filter(state=wanted.chosen["state"]) if wanted.chosen.get("state") else found


def _sorted(found: QuerySet[AppWish], wanted: Wanted) -> QuerySet[AppWish]:
    keys: dict[str, Expression | F] = {
        "app": Lower("app_name"),
        "school": Lower("school__name"),
        "asked": F("asked_at"),
    }
    shown = found.select_related("school", "asked_by")
    return shown.order_by(OrderBy(keys[wanted.by], descending=wanted.descending), "id")


def _listed(each: AppWish) -> ListedWish:
    return ListedWish(
        id=each.id,
        app_name=each.app_name,
        company_name=each.company_name,
        school=each.school.name,
        asked_by=each.asked_by.name,
        asked_at=each.asked_at,
        state=WishState(each.state),
    )
