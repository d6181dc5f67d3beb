"""Making a return: what a school's records say of the days of the window, checked and written out."""

from dataclasses import dataclass
from datetime import date

from consentry.returns.models import Collector
from consentry.returns.queries.counts import count_attendance
from consentry.rules.assembling_payloads import FoundFault, NotSendableError, assemble, not_counted
from consentry.rules.attendance_payload import Payload
from consentry.rules.payload_forms import as_bytes
from consentry.schools.models import Site
from consentry.schools.queries import calendar_of, school_id


@dataclass(frozen=True)
class Made:
    """A return as it stands: its days, and either the bytes of it or the faults that keep it back.

    With the bytes, `faults` are what is not counted in them.
    """

    days: tuple[date, ...]
    payload: Payload | None
    document: bytes | None
    media_type: str
    faults: tuple[FoundFault, ...] = ()

    @property
    def tells_of_sessions(self) -> bool:
        """Whether there is anything to tell: not in the middle of the holidays."""
        return self.payload is None or any(day.sessions for day in self.payload.days)


def make_return(site: Site, collector: Collector, today: date) -> Made:
    """What the collector would be sent of this school today. Call it in `reading` of the site, or in a change there."""
    calendar, scope = calendar_of(site), collector.scope
    days = scope.window.days(today, calendar)
    gathered = count_attendance(school_id(site), days)
    try:
        payload = assemble(str(site.urn), gathered, calendar)
    except NotSendableError as kept_back:
        return Made(days, None, None, "", kept_back.faults)
    return Made(days, payload, as_bytes(payload, scope.form), scope.form.format.media_type, not_counted(gathered))
