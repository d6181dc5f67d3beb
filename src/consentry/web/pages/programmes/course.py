"""One course, or class of a course, and its subject."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.audit.reading import reading
from consentry.records.actions.set_course_subjects import set_course_subjects
from consentry.records.queries.courses import ListedCourse, chosen_courses, subject_choices
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.programmes.one import ChooseForm
from consentry.web.pages.programmes.carry_out import NotMendedError, mended
from consentry.web.pages.programmes.courses import WORDS
from consentry.web.shell import Place, shell
from consentry.web.shown.programmes.preview import IMPORTS_OF_SUBJECTS, said_mended
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def course(request: HttpRequest, visit: Visit, course: int) -> HttpResponse:
    """One course. POST sets its subject."""
    visit.require_there(Page.PROGRAMMES)
    with reading(visit.school):
        found = chosen_courses(visit.school, [course], visit.today)
        subjects = subject_choices(visit.school)
    if not found:
        raise Http404
    (one,) = found
    if request.method != "POST":
        return _page(request, visit, one, _form(one, subjects))
    visit.require(Page.PROGRAMMES)
    form = _form(one, subjects, request.POST.dict())
    if not form.is_valid():
        return _page(request, visit, one, form)
    try:
        done = mended(visit, set_course_subjects, [form.planned(course)])
    except NotMendedError as why:
        form.add_error("chosen", str(why))
        return _page(request, visit, one, form)
    if done.moved:
        return _page(request, visit, one, _form(one, subjects), is_old=True)
    messages.success(request, said_mended(done, WORDS, []))
    return HttpResponseRedirect(reverse("course", args=[visit.site.slug, course]), status=303)


def _form(one: ListedCourse, subjects: list[tuple[int, str]], data: dict[str, str] | None = None) -> ChooseForm:
    now = (one.subject_id, one.subject)
    return ChooseForm(data, label="Subject", none="No subject", choices=subjects, now=now)


def _page(
    request: HttpRequest, visit: Visit, one: ListedCourse, form: ChooseForm, *, is_old: bool = False
) -> HttpResponse:
    may, slug = visit.may(Page.PROGRAMMES), visit.site.slug
    context = {
        "shell": shell(visit, Place.COURSES),
        "course": one,
        "facts": _facts(slug, one, may=may),
        "form": form,
        "is_old": is_old,
        "may": may,
        "lacks": "" if may else visit.lacks(Page.PROGRAMMES),
        "imports": IMPORTS_OF_SUBJECTS,
        "back_url": reverse("courses", args=[slug]),
        "add_subject_url": reverse("subject-add", args=[slug]),
    }
    return render(request, "programmes/course.html", context, status=_status(form, is_old=is_old))


def _status(form: ChooseForm, *, is_old: bool) -> int:
    if is_old:
        return 409
    return 422 if form.errors else 200


def _facts(slug: str, course: ListedCourse, *, may: bool) -> list[dict[str, object]]:
    above = with_query(reverse("courses", args=[slug]), {"q": course.parent}) if course.parent else ""
    rows = [
        ("Class of", course.parent or "None: it is a course itself", above),
        ("Short name", course.short_name or "None", ""),
        *([] if may else [("Subject", course.subject or "None", "")]),
        ("Teachers", str(course.teachers), ""),
        ("Students", str(course.students), ""),
    ]
    return [{"label": label, "text": text, "url": url, "when": None, "detail": ""} for label, text, url in rows]
