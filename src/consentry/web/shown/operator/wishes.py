"""Wishes of schools, as operator/wishes.html and operator/wish.html show them, and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.partners.models import AppWish, WishNote
from consentry.partners.queries.directory import Entry
from consentry.partners.queries.listing import Page, Wanted
from consentry.partners.queries.wishes import ListedWish
from consentry.rules.wish_life import WISH_MOVES, WishMove, WishState
from consentry.web.desk_visit import DeskVisit
from consentry.web.downloads.table import Cell
from consentry.web.forms.operator.lists import WISHES
from consentry.web.sentences import counted, joined, moment
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.wish import TONES, answers_given, steps_of

_FILE_COLUMNS = ("App", "Company", "School", "Asked by", "Asked", "State")


def shown_desk_wishes(visit: DeskVisit, wanted: Wanted, page: Page[ListedWish]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    files = (reverse("desk-wishes-file", args=["csv"]), reverse("desk-wishes-file", args=["xlsx"]))
    columns = (
        Column("App", "app"),
        Column("School", "school"),
        Column("State"),
        Column("Asked", "asked", "time"),
    )
    listing = Listing(reverse("desk-wishes"), files, ("wish", "wishes"), columns, WISHES, {"state": "State"})
    return shown_listing(listing, wanted, page) | {"rows": [_row(visit, each) for each in page.rows]}


def wishes_table(rows: Iterable[ListedWish]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield _FILE_COLUMNS
    for each in rows:
        asked = f"{timezone.localtime(each.asked_at):%Y-%m-%d %H:%M}"
        yield (each.app_name, each.company_name, each.school, each.asked_by, asked, each.state.label)


def shown_desk_wish(
    visit: DeskVisit, wish: AppWish, notes: list[WishNote], others: int, partners: list[Entry]
) -> dict[str, Any]:
    """The context that operator/wish.html takes besides the shell's."""
    state = WishState(wish.state)
    return {
        "wish": {
            "app": wish.app_name,
            "company": wish.company_name,
            "school": wish.school.name,
            "tag": {"label": state.label, "tone": TONES[state]},
            "others": f"{counted(others, 'other school asks', 'other schools ask')} for it too." if others else "",
            "partner": _partner(partners, wish.app_name),
            "facts": answers_given(wish, visit.at),
            "steps": steps_of(wish, notes, visit.at),
        },
        "acts": {
            "ask_back": _act(wish, state, WishMove.ASK_BACK, "desk-wish-ask-back"),
            "build": _act(wish, state, WishMove.BUILD, "desk-wish-build"),
            "link": _act(wish, state, WishMove.LINK, "desk-wish-link"),
            "decline": _act(wish, state, WishMove.DECLINE, "desk-wish-decline"),
        },
    }


def _partner(partners: list[Entry], app_name: str) -> str:
    if not partners:
        return ""
    ways = [f"{each.app_name}" if each.route == "through" else "a connection of its own" for each in partners]
    return f"{app_name} is in the partner directory: through {joined(ways)}."


def _act(wish: AppWish, state: WishState, move: WishMove, route: str) -> str:
    return reverse(route, args=[wish.id]) if (state, move) in WISH_MOVES else ""


def _row(visit: DeskVisit, each: ListedWish) -> dict[str, Any]:
    return {
        "app": each.app_name,
        "company": each.company_name,
        "url": reverse("desk-wish", args=[each.id]),
        "school": each.school,
        "tag": {"label": each.state.label, "tone": TONES[each.state]},
        "asked": moment(each.asked_at, visit.at),
        "by": each.asked_by,
    }
