"""The Login History of a site, as login_history/list.html shows it and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.people.models import Outcome, UserType
from consentry.people.queries.sign_ins import A_PAGE, DAYS, MOST_IN_A_FILE, Attempt, AttemptsPage, Day, SortedBy, Wanted
from consentry.rules.pages import Page
from consentry.web.downloads.table import Cell
from consentry.web.forms.login_history import FAILED, outcome_of, query_of, sort_of
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.sentences import counted, day
from consentry.web.shown.apps_list import downloads
from consentry.web.shown.bars import Bar, bars
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import search_filter
from consentry.web.shown.sign_ins import shown_attempt
from consentry.web.sign_in_words import NOBODY, PROVIDERS, provider, second_factor
from consentry.web.visit import Visit

_COLUMNS = (
    ("Time", SortedBy.WHEN, "time"),
    ("User", SortedBy.USER, ""),
    ("Type of user", SortedBy.TYPE, ""),
    ("Identity provider", SortedBy.PROVIDER, ""),
    ("Second factor", SortedBy.SECOND_FACTOR, ""),
    ("Address", SortedBy.ADDRESS, ""),
    ("Outcome", SortedBy.OUTCOME, ""),
)
_FILE_COLUMNS = (
    "Time", "User", "Email", "Type of user", "Trust", "Identity provider", "Second factor", "Address", "Browser",
    "Outcome",
)  # fmt: skip


def shown_history(visit: Visit, wanted: Wanted, page: AttemptsPage) -> dict[str, Any]:
    """The context that the template names `listing`."""
    address = reverse("login-history", args=[visit.site.slug])
    return {
        "search": _search(wanted, address),
        "columns": [_column(wanted, address, *each) for each in _COLUMNS],
        "rows": [_row(visit, each) for each in page.rows],
        "chart": _chart(page),
        "pagination": paging(
            page.number, page.total, A_PAGE, "attempt", lambda number: address + query_of(wanted, page=str(number))
        ),
        "downloads": downloads(_what(wanted), *(_file(visit, wanted, kind) for kind in ("csv", "xlsx"))),
    }


def _file(visit: Visit, wanted: Wanted, kind: str) -> str:
    return reverse("login-history-list", args=[visit.site.slug, kind]) + query_of(wanted)


def _what(wanted: Wanted) -> str:
    return "What is shown" if _is_filtered(wanted) else f"Last {DAYS} days"


def _is_filtered(wanted: Wanted) -> bool:
    return bool(wanted.q or wanted.user_type or wanted.provider or outcome_of(wanted))


def _search(wanted: Wanted, address: str) -> dict[str, Any]:
    sort = query_of(Wanted(sorted_by=wanted.sorted_by, descending=wanted.descending))
    outcomes = {FAILED: "All that failed"} | {each.value: str(each.label) for each in Outcome}
    types = {each.value: str(each.label) for each in UserType}
    return {
        "action": address,
        "q": wanted.q,
        "hidden": [{"name": "sort", "value": str(sort_of(wanted))}] if sort else [],
        "filters": [
            search_filter("type", "Type of user", types, wanted.user_type or ""),
            search_filter("provider", "Identity provider", PROVIDERS, wanted.provider),
            search_filter("outcome", "Outcome", outcomes, outcome_of(wanted)),
        ],
        "active": _is_filtered(wanted),
        "clear_url": address + sort,
    }


def _column(wanted: Wanted, address: str, label: str, by: SortedBy, kind: str) -> dict[str, str]:
    def sorted_address(sort: str) -> str:
        return address + query_of(wanted, sort=sort)

    return sorting_column(label, by.value, sort_of(wanted), sorted_address, kind=kind)


def _row(visit: Visit, attempt: Attempt) -> dict[str, Any]:
    return shown_attempt(visit, attempt) | {
        "user": attempt.name or NOBODY,
        "user_type": _type(attempt),
        "trust": attempt.trust,
        "url": _person(visit, attempt),
    }


def _person(visit: Visit, attempt: Attempt) -> str:
    """The address of the person's slide-over, "" for who may not open it and where nobody was found."""
    if attempt.account is None or not visit.may(Page.USERS):
        return ""
    return reverse("user", args=[visit.site.slug, attempt.account])


def _type(attempt: Attempt) -> str:
    return str(attempt.user_type.label) if attempt.user_type else "Not known"


def _chart(page: AttemptsPage) -> dict[str, Any]:
    return {
        "title": "Attempts to sign in by day",
        "sentence": _sentence(page.days),
        "svg": bars([Bar(each.day, each.signed_in, each.failed) for each in page.days], "attempt"),
        "columns": ["Day", "Signed in", "Failed"],
        "rows": [[day(each.day), f"{each.signed_in:,}", f"{each.failed:,}"] for each in reversed(page.days)],
    }


def _sentence(days: Iterable[Day]) -> str:
    """What the picture shows: "412 attempts in the last 30 days, the most on 3 Nov (41). Of these 7 failed, …"."""
    days = list(days)
    made, failed = sum(each.signed_in + each.failed for each in days), sum(each.failed for each in days)
    if not made:
        return f"No attempt in the last {len(days)} days."
    busiest = max(days, key=lambda each: each.signed_in + each.failed)
    most = f"the most on {day(busiest.day)} ({busiest.signed_in + busiest.failed:,})"
    missed = f"Of these {failed:,} failed, shown on top of the bars." if failed else "None failed."
    return f"{counted(made, 'attempt')} in the last {len(days)} days, {most}. {missed}"


def history_table(attempts: tuple[Attempt, ...]) -> Iterator[tuple[Cell, ...]]:
    """The list as a file; times are in the site's time, as 2026-11-03 14:05:09."""
    yield _FILE_COLUMNS
    for each in attempts:
        yield (
            f"{timezone.localtime(each.at):%Y-%m-%d %H:%M:%S}", each.name or NOBODY, each.email, _type(each),
            each.trust, provider(each.provider), second_factor(each.second_factor), each.address, each.browser,
            str(each.outcome.label),
        )  # fmt: skip
    if len(attempts) == MOST_IN_A_FILE:
        rest = f"No more than {MOST_IN_A_FILE:,} fit into this file. Filter the list to get the others."
        yield (rest, *[""] * (len(_FILE_COLUMNS) - 1))
