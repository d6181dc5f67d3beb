"""School > Programmes > Courses > Registration forms: for everybody to see, and for some to link to year groups."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.records.actions.link_forms_to_year_groups import link_forms_to_year_groups
from consentry.records.mending import Planned
from consentry.records.queries.forms import ListedForm, all_forms, chosen_forms, list_forms, year_group_choices
from consentry.records.queries.year_groups_of_forms import year_groups_of_pupils
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import query_of, wanted_of
from consentry.web.forms.programmes.lists import FORMS, asked_of
from consentry.web.forms.programmes.plan import Chosen, chosen, number_or_none
from consentry.web.pages.programmes.carry_out import carry_out
from consentry.web.shell import Place, shell
from consentry.web.shown.programmes.lists import PUPILS_OWN, forms_table, shown_forms
from consentry.web.shown.programmes.preview import IMPORTS_OF_FORMS, Draft, Step, Words, drafted, shown_preview
from consentry.web.visit import Visit, at_site

WORDS = Words(("registration form", "registration forms"), "year group", IMPORTS_OF_FORMS)
_NO_PUPILS = "it has no pupils who are in a year group today"
_SEVERAL = "its pupils are in several year groups"


@answers(*LOOKING)
@at_site
def registration_forms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The registration forms of the current school year; for everybody of the school."""
    return _list(request, visit, Chosen(is_all=False, ids=frozenset()))


def _list(request: HttpRequest, visit: Visit, ticked: Chosen, wrong: str = "") -> HttpResponse:
    visit.require_there(Page.PROGRAMMES)
    wanted = wanted_of(request.GET.dict(), FORMS)
    with reading(visit.school):
        found = list_forms(visit.school, asked_of(wanted), visit.today)
        year_groups = year_group_choices(visit.school, visit.today)
    listing = shown_forms(visit, wanted, found, year_groups, ticked)
    context = {"shell": shell(visit, Place.REGISTRATION_FORMS), "listing": listing, "wrong": wrong}
    return render(
        request, "programmes/forms.html", context | {"imports": IMPORTS_OF_FORMS}, status=422 if wrong else 200
    )


@answers(*LOOKING)
@at_site
def forms_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    visit.require_there(Page.PROGRAMMES)
    with reading(visit.school):
        rows = all_forms(visit.school, asked_of(wanted_of(request.GET.dict(), FORMS)), visit.today)
    return file_answer(kind, forms_table(rows), f"{visit.site.slug}-registration-forms", visit.at)


@answers(*LOOKING)
@at_site
def preview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What it would do to link what was chosen to this year group. Nothing is changed."""
    visit.require(Page.PROGRAMMES)
    choice, said = chosen(request.GET), request.GET.get("year-group", "")
    with reading(visit.school):
        levels = dict(year_group_choices(visit.school, visit.today))
        rows = chosen_rows(request, visit, choice)
        ids = [each.id for each in rows]
        own = year_groups_of_pupils(visit.school, ids, visit.today) if said == PUPILS_OWN else None
    if own is None and number_or_none(said) not in levels:
        return _list(request, visit, choice, "Choose a year group.")
    if choice.is_none:
        return _list(request, visit, choice, "Tick at least one registration form, or choose all of them.")
    wanted: dict[int, int | None] = dict.fromkeys(ids, number_or_none(said)) if own is None else own
    action, back = (address(request, visit, route) for route in ("forms-link", "registration-forms"))
    shown = shown_preview(visit, _draft(rows, wanted, levels), WORDS, action=action, back=back)
    context = {"shell": shell(visit, Place.REGISTRATION_FORMS), "preview": shown}
    return render(request, "programmes/preview.html", context)


def _draft(rows: list[ListedForm], wanted: dict[int, int | None], levels: dict[int, str]) -> Draft:
    """What would change; a form without a year group of its pupils' own is left out."""

    def steps() -> Iterator[Step]:
        for each in rows:
            level = wanted.get(each.id)
            if level is not None:
                planned = Planned(each.id, each.year_group_id, level)
                yield Step(planned, each.name, each.year_group, levels.get(level, ""))

    lacking = [each for each in rows if wanted.get(each.id) is None]
    return drafted(steps(), [(each.name, _SEVERAL if each.id in wanted else _NO_PUPILS) for each in lacking])


def address(request: HttpRequest, visit: Visit, route: str) -> str:
    """An address with the search and the filter of the list that the person came from."""
    return reverse(route, args=[visit.site.slug]) + query_of(wanted_of(request.GET.dict(), FORMS), FORMS)


def chosen_rows(request: HttpRequest, visit: Visit, choice: Chosen) -> list[ListedForm]:
    """The forms that were chosen, those of the current year."""
    if choice.is_all:
        return all_forms(visit.school, asked_of(wanted_of(request.GET.dict(), FORMS)), visit.today)
    return chosen_forms(visit.school, choice.ids, visit.today)


@answers("POST")
@at_site
def link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Link the forms as the preview has shown it."""
    back = address(request, visit, "registration-forms")

    def names(ids: Sequence[int]) -> list[str]:
        with reading(visit.school):
            found = chosen_forms(visit.school, ids, visit.today)
        return [f"{each.name} (now {each.year_group or 'none'})" for each in found]

    return carry_out(request, visit, link_forms_to_year_groups, WORDS, names=names, back=back)
