"""Whom an identity provider knows, as sso_settings/people.html shows them and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.people.models import Account
from consentry.people.queries.identity_providers import Provider
from consentry.people.queries.people_linked import PAGE_SIZE, LinkedPeople, SortedBy, Wanted
from consentry.web.downloads.table import Cell
from consentry.web.forms.linked_people import USUAL, sort_of
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.sentences import moment
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_COLUMNS = (("Name", SortedBy.NAME, ""), ("Email", SortedBy.EMAIL, ""), ("Linked", SortedBy.LINKED, "time"))


def shown_people(visit: Visit, provider: Provider, people: LinkedPeople, wanted: Wanted) -> dict[str, Any]:
    """The context that the template names `listing`: each person with a button to unlink them."""
    place = [visit.site.slug, provider.kind.value]
    address = reverse("sso-people", args=place)
    sort = {} if sort_of(wanted) == USUAL else {"sort": str(sort_of(wanted))}
    said = {"q": wanted.q} | sort
    files = [with_query(reverse("sso-people-file", args=[*place, kind]), said) for kind in ("csv", "xlsx")]
    return {
        "search": {
            "action": address,
            "q": wanted.q,
            "hidden": [{"name": name, "value": value} for name, value in sort.items()],
            "filters": [],
            "active": bool(wanted.q),
            "clear_url": with_query(address, sort),
        },
        "people": [_row(visit, place, each) for each in people.accounts],
        "columns": [*_columns(wanted, address), {"label": "Change"}],
        "pagination": paging(
            people.number,
            people.total,
            PAGE_SIZE,
            "linked account",
            lambda number: with_query(address, said | {"page": str(number)}),
        ),
        "downloads": downloads("What is shown" if wanted.q else "All linked people", *files),
    }


def _columns(wanted: Wanted, address: str) -> Iterator[dict[str, str]]:
    def sorted_address(sort: str) -> str:
        return with_query(address, {"q": wanted.q, "sort": "" if sort == str(USUAL) else sort})

    for label, by, kind in _COLUMNS:
        yield sorting_column(label, by.value, sort_of(wanted), sorted_address, kind=kind)


def _row(visit: Visit, place: list[str], account: Account) -> dict[str, Any]:
    return {
        "name": account.user.name,
        "email": account.found_by,  # type: ignore[attr-defined]
        "since": moment(account.linked_at, visit.at),  # type: ignore[attr-defined]
        "unlink_url": reverse("sso-unlink", args=[*place, account.id]),
    }


def people_table(accounts: Iterable[Account]) -> Iterator[tuple[Cell, ...]]:
    """The list as a file; times are in the site's time, as 2026-11-03 14:05."""
    yield tuple(label for label, _, _ in _COLUMNS)
    for each in accounts:
        since = f"{timezone.localtime(each.linked_at):%Y-%m-%d %H:%M}"  # type: ignore[attr-defined]
        yield (each.user.name, each.found_by, since)  # type: ignore[attr-defined]
