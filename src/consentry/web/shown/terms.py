"""The terms and conditions, as terms/accept.html and terms/accepted.html show them."""

from typing import Any

from consentry.people.models import TermsAcceptance
from consentry.schools.models import Terms
from consentry.web.sentences import moment
from consentry.web.shown.plain_text import blocks_of
from consentry.web.visit import Visit


def shown_terms(visit: Visit, terms: Terms | None, accepted: list[TermsAcceptance]) -> dict[str, Any]:
    """The context that the templates name `terms`."""
    return {
        "version": terms.number if terms else None,
        "published": moment(terms.published_at, visit.at) if terms else None,
        "blocks": blocks_of(terms.text) if terms else [],
        "last_accepted": accepted[0].terms.number if accepted else None,
        "accepted": [
            {"label": f"Version {each.terms.number}", "when": moment(each.accepted_at, visit.at)} for each in accepted
        ],
    }
