"""Downloads of everything that apps use or ask for: of one app, or of all apps of a site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from consentry.audit.reading import reading
from consentry.connections.queries.disclosed_rows import disclosed_rows
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.csv_file import csv_file
from consentry.web.downloads.table import table_of
from consentry.web.downloads.xlsx_file import xlsx_file
from consentry.web.visit import Visit, at_site

_FILES = {
    "csv": (csv_file, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@answers(*LOOKING)
@at_site
def list_of_all(_request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """Everything that the site's apps use or ask for."""
    return _answer(visit, kind, None, "partner-apps")


@answers(*LOOKING)
@at_site
def list_of_one(_request: HttpRequest, visit: Visit, connection: int, kind: str) -> HttpResponse:
    """Everything that one app uses or asks for at this site."""
    return _answer(visit, kind, connection, "")


def _answer(visit: Visit, kind: str, connection: int | None, name: str) -> HttpResponse:
    with reading(visit.school):
        rows = disclosed_rows(visit.school, connection)
    if connection is not None and not rows:
        raise Http404
    write, content_type = _FILES[kind]
    what = name or slugify(rows[0].app)
    answer = HttpResponse(write(table_of(rows)), content_type=content_type)
    today = timezone.localdate(visit.at).isoformat()
    answer["Content-Disposition"] = f'attachment; filename="{visit.site.slug}-{what}-{today}.{kind}"'
    return answer
