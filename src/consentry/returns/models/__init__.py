"""Collectors, the consent of schools, and what is sent to whom."""

from consentry.returns.models.collectors import Collector
from consentry.returns.models.consents import Consent
from consentry.returns.models.scopes import FormerScope
from consentry.returns.models.submissions import Attempt, Submission

__all__ = ["Attempt", "Collector", "Consent", "FormerScope", "Submission"]
