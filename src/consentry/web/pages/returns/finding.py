"""Which collectors ask the school of a visit, the one of an address, and how the school stands with it."""

from django.http import Http404

from consentry.audit.reading import reading
from consentry.returns.models import Collector, Submission
from consentry.returns.queries.collectors import collectors_asking
from consentry.returns.queries.consents import consents_of, what_is_in_the_way
from consentry.returns.queries.scopes import ways_widened
from consentry.returns.queries.submissions import submission_at
from consentry.rules.pages import Page
from consentry.web.shown.returns.consent import Standing
from consentry.web.visit import Visit


def collectors_at(visit: Visit) -> list[Collector]:
    """Those that ask this school, those that are discontinued last.

    Not those that the operator is still preparing: they have no address yet. Raises Http404 at no school.
    """
    visit.require_there(Page.DATA_RETURNS)
    asking = [each for each in collectors_asking(visit.site) if each.base_url]
    return sorted(asking, key=lambda each: each.is_over)


def collector_at(visit: Visit, slug: str) -> Collector:
    """The one of this name in addresses. Raises Http404 for one that does not ask this school."""
    for each in collectors_at(visit):
        if each.slug == slug:
            return each
    raise Http404


def submission_of(visit: Visit, slug: str, number: int) -> Submission:
    """The site's submission of this number to this collector. Raises Http404. Call it in `reading` of the site."""
    try:
        found = submission_at(visit.school, number)
    except Submission.DoesNotExist as unknown:
        raise Http404 from unknown
    if found.collector.slug != slug:
        raise Http404
    return found


def standing_at(visit: Visit, collector: Collector) -> Standing:
    """How the school stands with it. Three queries at most, in `reading` of the site."""
    consents = list(consents_of(visit.school, collector))
    last = consents[0] if consents else None
    is_narrower = last is not None and last.version < collector.consent_from
    ways = ways_widened(collector, last.version) if last and is_narrower else ()
    return Standing(consents, what_is_in_the_way(visit.site, collector), ways)


def standing_of(visit: Visit, collector: Collector) -> Standing:
    """The same, in a transaction of its own."""
    with reading(visit.school):
        return standing_at(visit, collector)
