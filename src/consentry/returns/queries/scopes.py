"""What a collector asked for in which version, and in which ways it asks for more than a consent covers."""

from consentry.returns.models import Collector, FormerScope
from consentry.rules.collectors import Scope, widened


def scope_of_version(collector: Collector, version: int) -> Scope | None:
    """What was asked for in this version; None where that is not known."""
    if version == collector.version:
        return collector.scope
    kept = FormerScope.objects.filter(collector=collector, version=version).first()
    return None if kept is None else kept.scope


def ways_widened(collector: Collector, since: int) -> tuple[str, ...]:
    """In which ways more is asked for now than in that version, in words; none where that is not known."""
    before = scope_of_version(collector, since)
    return () if before is None else widened(before, collector.scope)
