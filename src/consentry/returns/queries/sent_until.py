"""Until when a change to a day is sent to the collectors of a school. Call it in `reading` of the site."""

from dataclasses import dataclass
from datetime import date, datetime

from consentry.returns.models import Collector, Consent
from consentry.returns.queries.collectors import collectors_asking
from consentry.rules.collectors import CollectorStatus
from consentry.rules.school_calendar import SchoolCalendar
from consentry.rules.sending_times import Sending, sent_until
from consentry.schools.models import Site


@dataclass(frozen=True)
class SentUntil:
    """A collector that is told of this school's attendance, and until when of this day; None: never by itself."""

    collector: str
    until: datetime | None


def changes_are_sent(site: Site, day: date, calendar: SchoolCalendar) -> list[SentUntil]:
    """For each collector that is sent the school's return now, until when it is told of this day. Two queries."""
    if site.is_dummy:
        return []
    consents = Consent.objects.filter(school=site, ended_at=None)
    versions = dict(consents.values_list("collector_id", "version"))
    return [_until(site, each, day, calendar) for each in collectors_asking(site) if _is_sent(each, versions)]


def _is_sent(collector: Collector, versions: dict[int, int]) -> bool:
    covered = not collector.needs_consent or versions.get(collector.id, 0) >= collector.consent_from
    return covered and collector.status == CollectorStatus.ACTIVE


def _until(site: Site, collector: Collector, day: date, calendar: SchoolCalendar) -> SentUntil:
    sending = Sending(collector.schedule, collector.scope.window, calendar, site.id)
    return SentUntil(collector.name, sent_until(day, sending))
