"""System > Receipts: what was decided about apps at a site, for good."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.connections.queries.receipts import receipt_at, receipt_in_words
from consentry.connections.queries.receipts_list import all_receipts, list_receipts, listed_receipt
from consentry.web.answers import LOOKING, answers
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.receipts_query import wanted_receipts
from consentry.web.shell import Place, shell
from consentry.web.shown.receipts import receipts_table, shown_receipt, shown_receipts
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def receipts(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The site's receipts, searched, sorted, a page at a time: for everybody who may open Partner Apps."""
    wanted = wanted_receipts(request.GET.dict())
    with reading(visit.school):
        page = list_receipts(visit.school, wanted)
    context = {"shell": shell(visit, Place.RECEIPTS), "listing": shown_receipts(visit, wanted, page)}
    return render(request, "receipts/list.html", context)


@answers(*LOOKING)
@at_site
def receipts_file(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    with reading(visit.school):
        rows = all_receipts(visit.school, wanted_receipts(request.GET.dict()))
    return file_answer(kind, receipts_table(rows), f"{visit.site.slug}-receipts", visit.at)


@answers(*LOOKING)
@at_site
def receipt(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """One receipt, to be read and printed."""
    try:
        with reading(visit.school):
            found = receipt_at(visit.school, number)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    shown = shown_receipt(visit, listed_receipt(found), found.content, found.connection_id)
    return render(request, "receipts/receipt.html", {"shell": shell(visit, Place.RECEIPTS), "receipt": shown})


@answers(*LOOKING)
@at_site
def receipt_text(_request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """The same as a file of plain text, as it was mailed."""
    try:
        with reading(visit.school):
            found = receipt_at(visit.school, number)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    answer = HttpResponse(receipt_in_words(found), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{visit.site.slug}-receipt-{found.id}.txt"'
    return answer
