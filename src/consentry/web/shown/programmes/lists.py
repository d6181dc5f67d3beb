"""The lists under Programmes: courses and registration forms, each with what is done to many of them, and as files."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl

from django.urls import reverse

from consentry.partners.queries.listing import Page, Wanted
from consentry.records.queries.courses import ListedCourse
from consentry.records.queries.forms import ListedForm
from consentry.records.queries.programme_list import A_PAGE, Found
from consentry.rules.pages import Page as Opened
from consentry.web.downloads.table import Cell
from consentry.web.forms.desk_query import Choices, query_of
from consentry.web.forms.programmes.lists import COURSES, FORMS
from consentry.web.forms.programmes.plan import Chosen
from consentry.web.sentences import counted
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.visit import Visit

PUPILS_OWN = "pupils"
"""Stands for the year group that a form's pupils are in."""

_TICKS = {"label": "Choose", "kind": "", "url": "", "sorted": "", "hidden": True}
_COURSES = (
    Column("Course", "name"),
    Column("Short name", "short"),
    Column("Subject", "subject"),
    Column("Teachers", kind="number"),
    Column("Students", kind="number"),
)
_FORMS = (
    Column("Registration form", "name"),
    Column("Short name", "short"),
    Column("Year group", "year-group"),
    Column("Tutors"),
    Column("Pupils", kind="number"),
)

Options = list[tuple[int, str]]


def shown_courses(
    visit: Visit, wanted: Wanted, found: Found[ListedCourse], subjects: Options, chosen: Chosen
) -> dict[str, Any]:
    """The context that programmes/courses.html names `listing`."""
    slug = visit.site.slug
    files = (reverse("courses-file", args=[slug, "csv"]), reverse("courses-file", args=[slug, "xlsx"]))
    listing = Listing(
        reverse("courses", args=[slug]), files, ("course", "courses"), _COURSES, COURSES, {"show": "Show"}, A_PAGE
    )
    return _listed(visit, listing, wanted, found, chosen) | {
        "rows": [
            vars(each) | {"url": reverse("course", args=[slug, each.id]), "is_ticked": each.id in chosen.ids}
            for each in found.rows
        ],
        "subjects": subjects,
        "preview_url": reverse("courses-preview", args=[slug]),
        "add_subject_url": reverse("subject-add", args=[slug]) if visit.may(Opened.PROGRAMMES) else "",
    }


def shown_forms(
    visit: Visit, wanted: Wanted, found: Found[ListedForm], year_groups: Options, chosen: Chosen
) -> dict[str, Any]:
    """The context that programmes/forms.html names `listing`."""
    slug = visit.site.slug
    route = "registration-forms"
    files = (reverse(f"{route}-file", args=[slug, "csv"]), reverse(f"{route}-file", args=[slug, "xlsx"]))
    nouns = ("registration form", "registration forms")
    listing = Listing(reverse(route, args=[slug]), files, nouns, _FORMS, FORMS, {"show": "Show"}, A_PAGE)
    return _listed(visit, listing, wanted, found, chosen) | {
        "rows": [
            vars(each) | {"url": reverse("registration-form", args=[slug, each.id]), "is_ticked": each.id in chosen.ids}
            for each in found.rows
        ],
        "year_groups": [(PUPILS_OWN, "The year group that the form’s pupils are in"), *year_groups],
        "preview_url": reverse("registration-forms-preview", args=[slug]),
        "use_names_url": reverse("short-names-preview", args=[slug]),
        "names_url": reverse("short-names", args=[slug]) + query_of(wanted, FORMS, page=str(wanted.page)),
    }


def _listed(visit: Visit, listing: Listing, wanted: Wanted, found: Found[Any], chosen: Chosen) -> dict[str, Any]:
    shown = shown_listing(listing, wanted, Page(found.rows, found.total, found.number))
    may = visit.may(Opened.PROGRAMMES)
    return shown | {
        "columns": [_TICKS, *shown["columns"]],
        "kept": _kept(wanted, listing.choices),
        "all": f"All {counted(found.total, *listing.nouns)}{' found' if shown['search']['active'] else ''}",
        "is_all": chosen.is_all,
        "may": may,
        "lacks": "" if may else visit.lacks(Opened.PROGRAMMES),
    }


def _kept(wanted: Wanted, choices: Choices) -> dict[str, str]:
    """What the list was asked for, sent along with what was chosen in it."""
    pairs = query_of(wanted, choices, page=str(wanted.page)).removeprefix("?")
    return dict(parse_qsl(pairs))


def courses_table(rows: Iterable[ListedCourse]) -> Iterator[tuple[Cell, ...]]:
    """The courses as a file."""
    yield ("Course", "Class of", "Short name", "Subject", "Teachers", "Students")
    for each in rows:
        yield (each.name, each.parent, each.short_name, each.subject, each.teachers, each.students)


def forms_table(rows: Iterable[ListedForm]) -> Iterator[tuple[Cell, ...]]:
    """The registration forms as a file."""
    yield ("Registration form", "Short name", "Year group", "Tutors", "Pupils")
    for each in rows:
        yield (each.name, each.short_name or "", each.year_group, ", ".join(each.tutors), each.pupils)
