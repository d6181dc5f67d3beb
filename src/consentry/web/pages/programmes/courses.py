"""School > Programmes > Courses: for everybody to see, and for some to set the subjects of."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.mending import Planned
from consentry.records.queries.courses import ListedCourse, all_courses, chosen_courses, list_courses, subject_choices
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import query_of, wanted_of
from consentry.web.forms.programmes.lists import COURSES, asked_of
from consentry.web.forms.programmes.plan import Chosen, chosen, number_or_none
from consentry.web.pages.programmes.carry_out import carry_out
from consentry.web.shell import Place, shell
from consentry.web.shown.programmes.lists import courses_table, shown_courses
from consentry.web.shown.programmes.preview import IMPORTS_OF_SUBJECTS, Step, Words, drafted, shown_preview
from consentry.web.visit import Visit, at_site

WORDS = Words(("course", "courses"), "subject", IMPORTS_OF_SUBJECTS)


@answers(*LOOKING)
@at_site
def courses(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The courses and classes of the current school year; for everybody of the school."""
    return _list(request, visit, Chosen(is_all=False, ids=frozenset()))


def _list(request: HttpRequest, visit: Visit, ticked: Chosen, wrong: str = "") -> HttpResponse:
    visit.require_there(Page.PROGRAMMES)
    wanted = wanted_of(request.GET.dict(), COURSES)
    with reading(visit.school):
        found = list_courses(visit.school, asked_of(wanted), visit.today)
        subjects = subject_choices(visit.school)
    listing = shown_courses(visit, wanted, found, subjects, ticked)
    context = {"shell": shell(visit, Place.COURSES), "listing": listing, "wrong": wrong, "imports": IMPORTS_OF_SUBJECTS}
    return render(request, "programmes/courses.html", context, status=422 if wrong else 200)


@answers(*LOOKING)
@at_site
def courses_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    visit.require_there(Page.PROGRAMMES)
    with reading(visit.school):
        rows = all_courses(visit.school, asked_of(wanted_of(request.GET.dict(), COURSES)), visit.today)
    return file_answer(kind, courses_table(rows), f"{visit.site.slug}-courses", visit.at)


@answers(*LOOKING)
@at_site
def preview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What it would do to set this subject for what was chosen. Nothing is changed."""
    visit.require(Page.PROGRAMMES)
    choice, subject = chosen(request.GET), number_or_none(request.GET.get("subject", ""))
    with reading(visit.school):
        subjects = dict(subject_choices(visit.school))
        rows = _chosen(request, visit, choice)
    if subject not in subjects:
        return _list(request, visit, choice, "Choose a subject.")
    if choice.is_none:
        return _list(request, visit, choice, "Tick at least one course, or choose all of them.")
    after = subjects[subject]
    steps = (Step(Planned(each.id, each.subject_id, subject), _name(each), each.subject, after) for each in rows)
    action, back = (_address(request, visit, route) for route in ("courses-set-subjects", "courses"))
    shown = shown_preview(visit, drafted(steps), WORDS, action=action, back=back)
    return render(request, "programmes/preview.html", {"shell": shell(visit, Place.COURSES), "preview": shown})


def _chosen(request: HttpRequest, visit: Visit, choice: Chosen) -> list[ListedCourse]:
    if choice.is_all:
        return all_courses(visit.school, asked_of(wanted_of(request.GET.dict(), COURSES)), visit.today)
    return chosen_courses(visit.school, choice.ids, visit.today)


def _address(request: HttpRequest, visit: Visit, route: str) -> str:
    """An address with the search and the filter of the list that the person came from."""
    return reverse(route, args=[visit.site.slug]) + query_of(wanted_of(request.GET.dict(), COURSES), COURSES)


def _name(course: ListedCourse) -> str:
    return course.name or f"Course {course.id}"


@answers("POST")
@at_site
def set_subjects(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Set the subjects as the preview has shown it."""
    back = _address(request, visit, "courses")

    def names(ids: Sequence[int]) -> list[str]:
        with reading(visit.school):
            found = chosen_courses(visit.school, ids, visit.today)
        return [f"{_name(each)} (now {each.subject or 'none'})" for each in found]

    return carry_out(request, visit, set_course_subjects, WORDS, names=names, back=back)
