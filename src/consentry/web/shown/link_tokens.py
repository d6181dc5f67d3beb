"""That an app is connected by link at a site: who gave it tokens, when, and how they are ended."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from consentry.connections.queries.connection_at import ConnectionShown
from consentry.partners.models import TokenChain
from consentry.rules.pages import Page
from consentry.web.sentences import moment
from consentry.web.visit import Visit


def shown_link_tokens(visit: Visit, found: ConnectionShown, chains: Sequence[TokenChain]) -> dict[str, Any]:
    """The part `link_tokens` of the context: None where nobody gave the app tokens that go on."""
    if not chains:
        return {"link_tokens": None}
    newest = max(chains, key=lambda each: each.given_at)
    end_url = reverse("partner-app-end-tokens", args=[visit.site.slug, found.id])
    given = [
        {
            "by": each.given_by.name,
            "given": moment(each.given_at, visit.at),
            "used": moment(each.refreshed_at or each.given_at, visit.at),
            "until": moment(each.ends_at, visit.at),
        }
        for each in chains
    ]
    since = f"Connected by link by {newest.given_by.name} on {moment(newest.given_at, visit.at).text}."
    return {
        "link_tokens": {
            "sentence": since, "given": given, "end_url": end_url if visit.may(Page.PARTNER_APPS) else "",
        }
    }  # fmt: skip
