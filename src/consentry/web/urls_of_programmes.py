"""The addresses of courses and registration forms, below `/{site}/`."""

from django.urls import path, re_path

from consentry.web.pages.programmes import course, courses, form, forms, short_names, subjects

_KIND = "(?P<kind>csv|xlsx)"
_COURSES = "programmes/courses"
_FORMS = f"{_COURSES}/registration-forms"

urlpatterns = [
    path(_COURSES, courses.courses, name="courses"),
    re_path(rf"^{_COURSES}/list\.{_KIND}$", courses.courses_file, name="courses-file"),
    path(f"{_COURSES}/preview", courses.preview, name="courses-preview"),
    path(f"{_COURSES}/set-subjects", courses.set_subjects, name="courses-set-subjects"),
    path(f"{_COURSES}/add-subject", subjects.add, name="subject-add"),
    path(f"{_COURSES}/<int:course>", course.course, name="course"),
    path(_FORMS, forms.registration_forms, name="registration-forms"),
    re_path(rf"^{_FORMS}/list\.{_KIND}$", forms.forms_file, name="registration-forms-file"),
    path(f"{_FORMS}/preview", forms.preview, name="registration-forms-preview"),
    path(f"{_FORMS}/link", forms.link, name="forms-link"),
    path(f"{_FORMS}/short-names", short_names.short_names, name="short-names"),
    path(f"{_FORMS}/short-names/preview", short_names.preview, name="short-names-preview"),
    path(f"{_FORMS}/short-names/save", short_names.save, name="short-names-save"),
    path(f"{_FORMS}/<int:form>", form.registration_form, name="registration-form"),
]
