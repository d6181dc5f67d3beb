"""The addresses of attendance submissions, below `/{site}/`."""

from django.urls import path, re_path

from consentry.web.pages.returns import consent, page, sending, submission

_HERE = "data/export/attendance-api-submissions"
_ONE = f"{_HERE}/<slug:collector>"

urlpatterns = [
    path(_HERE, page.attendance_api_submissions, name="attendance-api-submissions"),
    path(_ONE, page.of_collector, name="returns"),
    re_path(
        rf"^{_HERE}/(?P<collector>[-a-zA-Z0-9_]{{1,60}})/list\.(?P<kind>csv|xlsx)$",
        page.submissions_file,
        name="returns-file",
    ),
    path(f"{_ONE}/consent", consent.consent, name="returns-consent"),
    path(f"{_ONE}/consent/remove", consent.remove, name="returns-consent-remove"),
    path(f"{_ONE}/today", sending.today, name="returns-today"),
    path(f"{_ONE}/send", sending.send, name="returns-send"),
    path(f"{_ONE}/<int:submission>", submission.submission, name="returns-submission"),
    path(f"{_ONE}/<int:submission>/row", page.row, name="returns-row"),
    path(f"{_ONE}/<int:submission>/document", sending.document, name="returns-document"),
]
