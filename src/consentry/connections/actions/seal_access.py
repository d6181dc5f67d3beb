"""Seal the record of access: later tampering with it shows."""

from datetime import datetime

from consentry.audit.actor import SYSTEM
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import AccessSeal
from consentry.connections.sealing import open_batch
from consentry.rules.identity import SchoolId


def seal_access(school: SchoolId, *, at: datetime) -> int:
    """Put a seal on the site's access events since the last one; how many it covers (0: nothing was done).

    The seal's hash stands in the site's chain of events, so neither can be changed without the other.
    """
    with reading(school):
        if not open_batch(school).count:
            return 0
    with change(actor=SYSTEM, at=at, school=school) as this:
        found = open_batch(school)
        seal = AccessSeal.objects.create(
            school_id=school,
            from_transaction=found.from_transaction,
            before_transaction=found.before_transaction,
            count=found.count,
            hash=found.hash,
            sealed_at=at,
        )
        this.record(EventName.ACCESS_SEALED, seal, count=found.count, hash=found.hash.hex())
    return found.count
