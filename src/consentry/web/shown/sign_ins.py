"""Attempts to sign in, as components/sign_in_rows.html shows them: those of one person."""

from collections.abc import Iterable
from typing import Any

from consentry.people.queries.sign_ins import Attempt
from consentry.web.sentences import moment
from consentry.web.sign_in_words import outcome_tag, provider, second_factor
from consentry.web.visit import Visit

COLUMNS = [
    {"label": label, "kind": kind, "url": "", "sorted": ""}
    for label, kind in (
        ("Time", "time"),
        ("Identity provider", ""),
        ("Second factor", ""),
        ("Address", ""),
        ("Outcome", ""),
    )
]
"""The headings of the rows."""


def shown_attempts(visit: Visit, attempts: Iterable[Attempt]) -> list[dict[str, Any]]:
    """Each as a row."""
    return [shown_attempt(visit, each) for each in attempts]


def shown_attempt(visit: Visit, attempt: Attempt) -> dict[str, Any]:
    """When, through whom, with what, from where, and how it ended."""
    return {
        "when": moment(attempt.at, visit.at),
        "provider": provider(attempt.provider),
        "second_factor": second_factor(attempt.second_factor),
        "address": attempt.address or "Not known",
        "browser": attempt.browser,
        "outcome": outcome_tag(attempt.outcome),
    }
