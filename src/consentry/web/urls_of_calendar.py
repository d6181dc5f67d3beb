"""The addresses of a school's calendar, below `/{site}/`."""

from django.urls import path, re_path

from consentry.web.pages.calendar import entries, term_dates, year

_KIND = "(?P<kind>csv|xlsx)"

urlpatterns = [
    path("calendar", year.year, name="calendar"),
    re_path(rf"^calendar/list\.{_KIND}$", year.entries_file, name="calendar-file"),
    path("calendar/add", entries.add, name="calendar-add"),
    path("calendar/import", term_dates.term_dates, name="calendar-import"),
    path("calendar/<int:entry>", entries.entry, name="calendar-entry"),
    path("calendar/<int:entry>/remove", entries.remove, name="calendar-remove"),
]
