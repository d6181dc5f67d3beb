"""The operator adds a collector. It is suspended until its addresses and secrets are set and it is activated."""

from dataclasses import asdict
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.returns.checking import check_new
from consentry.returns.models import Collector
from consentry.rules.collector_details import NewCollector
from consentry.rules.collectors import CollectorStatus
from consentry.rules.invalid import InvalidError


def add_collector(wanted: NewCollector, *, by: Actor, at: datetime) -> Collector:
    """Nothing is sent to it yet. Raises InvalidError for what cannot be, and for a name in addresses that is taken."""
    check_new(wanted)
    own = {
        "jurisdiction": wanted.jurisdiction,
        "legal_basis": wanted.legal_basis,
        "is_local": wanted.is_local,
        "status": CollectorStatus.SUSPENDED,
        "status_at": at,
    }
    with change(actor=by, at=at, school=None) as this:
        added, is_new = Collector.objects.get_or_create(slug=wanted.slug, defaults=asdict(wanted.details) | own)
        if not is_new:
            raise InvalidError("slug", f"there is a collector called {wanted.slug} already")
        scope = list(added.scope.told())
        this.record(EventName.COLLECTOR_ADDED, added, slug=added.slug, legal_basis=added.legal_basis, asks=scope)
    return added
