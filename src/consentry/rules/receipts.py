"""Receipts: which decisions get one, and what stands on it."""

from enum import StrEnum
from typing import TypedDict


class Decision(StrEnum):
    """What was decided about an app at a site."""

    APPROVED = "approved"
    REJECTED = "rejected"
    REVIEW_ACCEPTED = "review accepted"
    REVIEW_DECLINED = "review declined"
    NARROWED = "narrowed"
    REWORDED = "reworded"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _LABELS[self]


_LABELS = {
    Decision.APPROVED: "Approved",
    Decision.REJECTED: "Rejected",
    Decision.REVIEW_ACCEPTED: "Change accepted",
    Decision.REVIEW_DECLINED: "Change declined",
    Decision.NARROWED: "The app now asks for less",
    Decision.REWORDED: "The app now gives other reasons",
}


class ReceiptRow(TypedDict):
    """One data type on a receipt, in the words of the day: labels, not names."""

    data_type: str
    fields: list[str]
    special: list[str]
    actions: list[str]
    reason: str
    required: bool


class ReceiptContent(TypedDict):
    """All that stands on a receipt. `version` is what was decided on; `version_before` what was in force, if any."""

    site: str
    app: str
    company: str
    privacy_notice: str
    decided_by: str
    version: int
    version_before: int | None
    rows: list[ReceiptRow]
