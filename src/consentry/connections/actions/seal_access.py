"""Seal the record of access: later tampering with it shows."""

from datetime import datetime

from consentry.audit.actor import SYSTEM
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.sealing import next_seal, take_turn
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site


def seal_access(school: SchoolId, *, at: datetime) -> int:
    """Put a seal on the site's access events since the last one; how many it covers (0: nothing was done).

    One run at a time for a site: two seals over the same events would not follow one another.
    """
    with reading(school):
        if not next_seal(school).count:
            return 0
    with change(actor=SYSTEM, at=at, school=school) as this:
        take_turn(school)
        seal = next_seal(school)
        this.record(EventName.ACCESS_SEALED, Site.objects.get(id=school), **seal.details())
    return seal.count
