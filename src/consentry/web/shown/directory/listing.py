"""The partner directory, as directory/list.html shows it and as a file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from consentry.connections.queries.what_is_asked import AskedType, extent
from consentry.partners.queries.directory import Entry
from consentry.partners.queries.listing import Page, Wanted
from consentry.rules.connection_life import State
from consentry.rules.pages import Page as Opened
from consentry.web import addresses
from consentry.web.downloads.table import Cell
from consentry.web.forms.directory.lists import DIRECTORY, ROUTES
from consentry.web.sentences import STATES, TONES
from consentry.web.shown.apps_list import initials, summary
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.visit import Visit

Asked = Mapping[int, tuple[AskedType, ...]]
Standing = Mapping[int, tuple[int, State]]

_FILE_COLUMNS = (
    "App", "Company", "Category", "How it comes to data", "Data provider", "Data types", "Fields", "Special category",
    "At this site",
)  # fmt: skip


def shown_directory(
    visit: Visit, wanted: Wanted, page: Page[Entry], asked: Asked, standing: Standing
) -> dict[str, Any]:
    """The context that the template names `listing`."""
    slug = visit.site.slug
    files = (reverse("directory-file", args=[slug, "csv"]), reverse("directory-file", args=[slug, "xlsx"]))
    columns = (
        Column("App", "name"),
        Column("Company", "company"),
        Column("Category", "category"),
        Column("Would ask for"),
        Column("At this site"),
    )
    labels = {"category": "Category", "route": "How it comes to data"}
    listing = Listing(reverse("directory", args=[slug]), files, ("app", "apps"), columns, DIRECTORY, labels)
    return shown_listing(listing, wanted, page) | {
        "rows": [_row(slug, each, asked, standing) for each in page.rows],
        "ask_url": reverse("wish-ask", args=[slug]) if visit.may(Opened.PARTNER_APPS) else "",
        "wishes_url": reverse("wishes", args=[slug]) if visit.may(Opened.PARTNER_APPS) else "",
        "lacks": "" if visit.may(Opened.PARTNER_APPS) else _lacks(visit),
    }


def _lacks(visit: Visit) -> str:
    missing = visit.missing(Opened.PARTNER_APPS)
    return f"To ask for a new app you need the permission “{missing}”. {visit.giver(missing)}"


def directory_table(rows: Iterable[Entry], asked: Asked, standing: Standing) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; what a provider asks for stands beside the apps behind it."""
    yield _FILE_COLUMNS
    for each in rows:
        much = extent(asked.get(each.version or 0, ()))
        yield (
            each.name, each.company, each.category.label, ROUTES[each.route],
            each.app_name if each.route == "through" else "",
            much.data_types, much.fields, much.special, _state(each, standing),
        )  # fmt: skip


def address_of(slug: str, each: Entry) -> str:
    """Its page in the directory of this site."""
    return reverse("directory-behind" if each.route == "through" else "directory-app", args=[slug, each.number])


def route_words(each: Entry) -> str:
    """How it comes to a school's data."""
    return f"Through {each.app_name}" if each.route == "through" else ROUTES[each.route]


def _state(each: Entry, standing: Standing) -> str:
    return STATES[standing[each.app][1]] if each.app in standing else ""


def _row(slug: str, each: Entry, asked: Asked, standing: Standing) -> dict[str, Any]:
    much = extent(asked.get(each.version or 0, ()))
    state = standing[each.app][1] if each.app in standing else None
    label = "" if state is None else STATES[state]
    return {
        "name": each.name,
        "initials": initials(each.name),
        "logo_url": addresses.logo(each.app, each.logo),
        "url": address_of(slug, each),
        "company": each.company,
        "category": each.category.label,
        "route": route_words(each),
        "summary": f"{each.app_name}: {summary(much)}" if each.route == "through" else summary(much),
        "special": much.special,
        "tag": None
        if state is None
        else {"label": f"{each.app_name}: {label}" if each.route == "through" else label, "tone": TONES[state]},
    }
