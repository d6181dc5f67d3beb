"""Downloads of everything that apps use or ask for: of one app, or of all apps of a site, or those shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from consentry.audit.reading import reading
from consentry.connections.queries.disclosed_rows import DisclosedRow, disclosed_rows
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.downloads.table import table_of
from consentry.web.forms.list_query import search, state_or_none
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def list_of_all(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """Everything that the site's apps use or ask for; `?state=…` of one list, `?q=…` of those found."""
    query = request.GET.dict()
    state, q = state_or_none(query), search(query)
    with reading(visit.school):
        rows = disclosed_rows(visit.school, state=state, q=q)
    parts = ("partner-apps", state.value if state else "", slugify(q))
    return _file(visit, kind, rows, "-".join(filter(None, parts)))


@answers(*LOOKING)
@at_site
def list_of_one(_request: HttpRequest, visit: Visit, connection: int, kind: str) -> HttpResponse:
    """Everything that one app uses or asks for at this site."""
    with reading(visit.school):
        rows = disclosed_rows(visit.school, connection)
    if not rows:
        raise Http404
    return _file(visit, kind, rows, slugify(rows[0].app))


def _file(visit: Visit, kind: str, rows: list[DisclosedRow], what: str) -> HttpResponse:
    return file_answer(kind, table_of(rows), f"{visit.site.slug}-{what}", visit.at)
