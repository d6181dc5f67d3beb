"""Which of a site's records an app's sync would trip on: one page, and its files, for each of the app's needs."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from consentry.audit.reading import reading
from consentry.connections.queries.connection_at import AboutApp, connection_at
from consentry.partners.queries.requirements import needs_of
from consentry.records.queries.readiness.counts import count_failing
from consentry.records.queries.readiness.failing import all_failing, failing_page
from consentry.rules.pages import Page
from consentry.rules.readiness import Need
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.readiness import wanted_failing
from consentry.web.shell import Place, shell
from consentry.web.shown.readiness import failing_table, shown_failing, standing_of
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def failing(request: HttpRequest, visit: Visit, connection: int, check: str) -> HttpResponse:
    """The records that fail, by name: for who decides on apps here, as they see what the app would get of them."""
    visit.require(Page.PARTNER_APPS)
    wanted, around = wanted_failing(request.GET.dict()), shell(visit, Place.PARTNER_APPS)
    with reading(visit.school):
        app, need = _need(visit, connection, check)
        page = failing_page(visit.school, need.check, wanted, at=visit.at)
        found = count_failing(visit.school, [need.check], at=visit.at)[need.check]
    shown = shown_failing(visit, (connection, app), need, wanted, page)
    shown["standing"] = standing_of(need.check, found)["text"]
    return render(request, "partner_apps/failing.html", {"shell": around, **shown})


@answers(*LOOKING)
@at_site
def failing_file(request: HttpRequest, visit: Visit, connection: int, check: str, kind: str) -> HttpResponse:
    """The same as a file, all pages of it."""
    visit.require(Page.PARTNER_APPS)
    wanted = wanted_failing(request.GET.dict())
    with reading(visit.school):
        app, need = _need(visit, connection, check)
        table = list(failing_table(need, all_failing(visit.school, need.check, wanted, at=visit.at)))
    return file_answer(kind, table, f"{visit.site.slug}-{slugify(app.name)}-{check}", visit.at)


def _need(visit: Visit, connection: int, check: str) -> tuple[AboutApp, Need]:
    """The app of the connection and its need of this name. Raises Http404 for what is not there, or not needed."""
    try:
        app = connection_at(visit.school, connection).app
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    for need in needs_of(app.id):
        if need.check.value == check:
            return app, need
    raise Http404
