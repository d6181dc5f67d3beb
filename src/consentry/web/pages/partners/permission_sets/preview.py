"""The draft as schools will see it, made by the templates that schools see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.pages.partners.permission_sets.editor import context, found
from consentry.web.shown.permission_set_preview import preview_of_request, preview_of_review


@answers(*LOOKING)
@at_company
def preview(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """What a school sees that is asked for the first time, and what one sees that approved the newest version."""
    draft = found(visit, app)
    review = preview_of_review(draft)
    as_review = review is not None and request.GET.get("as") == "review"
    shown = (review if as_review else None) or preview_of_request(draft)
    more = {"as_review": as_review, "has_review": review is not None}
    return render(request, "partners/permission_sets/preview.html", context(visit, draft, "Preview") | shown | more)
