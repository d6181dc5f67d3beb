"""The table of apps by schools, as trust/apps_by_school.html shows it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from consentry.connections.queries.apps_by_school import AppAtSchools
from consentry.connections.queries.connections_of_trust import StandingAtSchool
from consentry.people.queries.from_trust import SchoolForMe
from consentry.rules.connection_life import State
from consentry.rules.review_life import ReviewState
from consentry.web.downloads.table import Cell
from consentry.web.forms.apps_by_school_query import NAME, USUAL, WAITING, WantedApps
from consentry.web.forms.sorted_by import sorting_column
from consentry.web.sentences import STATES, TONES, counted
from consentry.web.shown.apps_list import downloads, initials
from consentry.web.shown.paging import paging
from consentry.web.shown.searching import search_filter, with_query
from consentry.web.visit import Visit

A_PAGE = 20
ICONS = {State.PENDING: "clock", State.APPROVED: "check", State.REJECTED: "x"}
WORDS = {State.PENDING: "Waiting", State.APPROVED: "Approved", State.REJECTED: "Rejected"}
NOT_ASKED = "Not asked"


def wanted_rows(apps: Iterable[AppAtSchools], schools: list[SchoolForMe], wanted: WantedApps) -> list[AppAtSchools]:
    """Those with the wanted words in the name of app or company that stand so at a wanted school, in order."""
    q, at = wanted.q.casefold(), {each.site.id for each in _wanted_schools(schools, wanted)}
    found = [
        app
        for app in apps
        if (q in app.name.casefold() or q in app.company.casefold()) and _stands(app, at, wanted.state)
    ]
    if wanted.sorted_by.by == WAITING:
        return sorted(found, key=lambda app: app.count(State.PENDING), reverse=wanted.sorted_by.descending)
    return sorted(found, key=lambda app: app.name.casefold(), reverse=wanted.sorted_by.descending)


def _wanted_schools(schools: list[SchoolForMe], wanted: WantedApps) -> list[SchoolForMe]:
    """The school that is asked for, all of them where none is, or none of the trust's."""
    return [each for each in schools if each.site.slug == wanted.school] or schools


def _stands(app: AppAtSchools, at: set[int], state: State | None) -> bool:
    return any(each.school in at and state in {None, each.state} for each in app.standings.values())


def shown_table(
    visit: Visit, apps: list[AppAtSchools], schools: list[SchoolForMe], wanted: WantedApps
) -> dict[str, Any]:
    """The context that the template names `listing`."""
    number = min(wanted.page, max(1, -(-len(apps) // A_PAGE)))
    start = (number - 1) * A_PAGE
    files = [_address(visit, wanted, route="apps-by-school-file", kind=kind) for kind in ("csv", "xlsx")]
    return {
        "search": _search(visit, schools, wanted),
        "columns": _columns(visit, wanted),
        "schools": [{"name": each.site.name, "is_dummy": each.site.is_dummy} for each in schools],
        "apps": [_row(visit, app, schools) for app in apps[start : start + A_PAGE]],
        "waiting": sum(app.count(State.PENDING) for app in apps),
        "pagination": paging(number, len(apps), A_PAGE, "app", lambda page: _address(visit, wanted, page=str(page))),
        "downloads": downloads("Apps by schools", *files),
    }


def _search(visit: Visit, schools: list[SchoolForMe], wanted: WantedApps) -> dict[str, Any]:
    names = {each.site.slug: each.site.name for each in schools}
    states = {each.value: words for each, words in WORDS.items()}
    sort = [] if wanted.sorted_by == USUAL else [{"name": "sort", "value": str(wanted.sorted_by)}]
    return {
        "action": reverse("apps-by-school", args=[visit.site.slug]),
        "q": wanted.q,
        "hidden": sort,
        "filters": [
            search_filter("state", "At one school at least", states, wanted.state or ""),
            search_filter("school", "School", names, wanted.school),
        ],
        "active": bool(wanted.q or wanted.state or wanted.school in names),
        "clear_url": _address(visit, wanted, q="", state="", school=""),
    }


def _address(visit: Visit, wanted: WantedApps, *, route: str = "apps-by-school", kind: str = "", **query: str) -> str:
    said = {
        "q": wanted.q,
        "state": wanted.state.value if wanted.state else "",
        "school": wanted.school,
        "sort": "" if wanted.sorted_by == USUAL else str(wanted.sorted_by),
    }
    return with_query(reverse(route, args=[visit.site.slug, kind] if kind else [visit.site.slug]), said | query)


def _columns(visit: Visit, wanted: WantedApps) -> list[dict[str, str]]:
    def address(sort: str) -> str:
        return _address(visit, wanted, sort=sort)

    return [
        sorting_column("App", NAME, wanted.sorted_by, address),
        sorting_column("Waiting", WAITING, wanted.sorted_by, address, kind="number"),
    ]


def _row(visit: Visit, app: AppAtSchools, schools: list[SchoolForMe]) -> dict[str, Any]:
    return {
        "name": app.name,
        "initials": initials(app.name),
        "company": app.company,
        "url": reverse("app-in-trust", args=[visit.site.slug, app.id]),
        "tag": app_tag(is_live=app.is_live, is_suspended=app.is_suspended),
        "waiting": app.count(State.PENDING),
        "asked": f"Asked at {len(app.standings)} of {counted(len(schools), 'school')}",
        "cells": [_cell(visit, app, each) for each in schools],
    }


def app_tag(*, is_live: bool, is_suspended: bool) -> dict[str, str] | None:
    """What stands beside an app's name when it cannot be connected everywhere."""
    if is_suspended:
        return {"label": "Suspended", "tone": "bad"}
    return None if is_live else {"label": "Not live", "tone": "warning"}


def _cell(visit: Visit, app: AppAtSchools, school: SchoolForMe) -> dict[str, Any]:
    standing = app.standings.get(school.site.id)
    can_enter = school.is_reached and not school.is_shut_out
    enter = reverse("school-sign-in", args=[visit.site.slug, school.site.slug])
    return {
        "school": school.site.name,
        "standing": shown_standing(standing),
        "awaits": _awaits(app, standing) if standing else "",
        "waits": standing is not None and app.review(standing) is ReviewState.OPEN,
        "connection": standing.connection if standing else "",
        "enter_url": enter if can_enter and standing else "",
    }


def shown_standing(standing: StandingAtSchool | None) -> dict[str, Any] | None:
    """A connection's state as a word, a shape and a colour, with the version that the word is about."""
    if standing is None:
        return None
    version = standing.version if standing.state is State.APPROVED else standing.asked
    return {
        "word": WORDS[standing.state],
        "icon": ICONS[standing.state],
        "tone": TONES[standing.state],
        "version": f"version {version}",
        "short": f"v{version}",
    }


def apps_table(apps: Iterable[AppAtSchools], schools: list[SchoolForMe]) -> Iterator[tuple[Cell, ...]]:
    """The table as a file: a column for each school."""
    yield ("App", "Company", *(each.site.name for each in schools))
    for app in apps:
        yield (app.name, app.company, *(_in_words(app, app.standings.get(each.site.id)) for each in schools))


def _in_words(app: AppAtSchools, standing: StandingAtSchool | None) -> str:
    shown = shown_standing(standing)
    if standing is None or shown is None:
        return NOT_ASKED
    return ", ".join(filter(None, (STATES[standing.state], shown["version"], _awaits(app, standing))))


_REVIEWED = {
    ReviewState.OPEN: "version {newest} waits for a decision",
    ReviewState.DECLINED: "version {newest} declined",
}


def _awaits(app: AppAtSchools, standing: StandingAtSchool) -> str:
    """What became of the newest version where it is not in force; one that is only on its way is not accepted yet."""
    if not app.awaits(standing):
        return ""
    review = app.review(standing)
    words = _REVIEWED.get(review, _NOT_YET) if review else _NOT_YET
    return words.format(newest=app.newest)


_NOT_YET = "version {newest} not accepted"
