"""Add the collectors that come with the product, where they are not there yet."""

from datetime import datetime

from consentry.audit.actor import SYSTEM
from consentry.returns.actions.add_collector import add_collector
from consentry.returns.models import Collector
from consentry.returns.profile_file import shipped_profiles
from consentry.returns.queries.collectors import all_collectors


def add_shipped_collectors(*, at: datetime) -> list[Collector]:
    """Those that were added now. What is there already stays as the operator has it."""
    there = set(all_collectors().values_list("slug", flat=True))
    return [add_collector(each, by=SYSTEM, at=at) for each in shipped_profiles() if each.slug not in there]
