"""Attendance submissions that were not received lately, as a site's home shows them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from consentry.returns.models import Submission
from consentry.web.sentences import day, moment
from consentry.web.shown.returns.submissions import short_reason
from consentry.web.visit import Visit


def shown_failed(visit: Visit, failed: Sequence[Submission]) -> dict[str, Any]:
    """A section of the home page: each failure with its reason, and the way to it."""
    slug = visit.site.slug
    return {
        "count": len(failed),
        "all_url": reverse("attendance-api-submissions", args=[slug]),
        "rows": [
            {
                "title": f"{each.collector.name}: {each.get_run_display()}, {day(each.day)}",
                "url": reverse("returns-submission", args=[slug, each.collector.slug, each.id]),
                "detail": short_reason(each.collector, each),
                "when": moment(each.made_at, visit.at),
                "tag": None,
            }
            for each in failed
        ],
    }
