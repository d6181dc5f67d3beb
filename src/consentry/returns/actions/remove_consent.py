"""A school removes its consent: nothing is sent from the moment at which this is committed."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.returns.calling_off import call_off_waiting
from consentry.returns.locking import is_first_to_remove, take_returns_turn
from consentry.returns.models import Collector
from consentry.returns.queries.consents import open_consent
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.submission_life import ConsentEnd, Ending
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def remove_consent(site: Site, collector: Collector, *, by: Account, at: datetime) -> None:
    """End the consent and call off what waits. It waits until what is on its way has arrived or failed.

    Raises NotPermittedError, and InvalidError where there is no consent, and where somebody else waits for the same.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.DATA_RETURNS, timezone.localdate(at))
        if not is_first_to_remove(this.school, collector.id):
            raise InvalidError("consent", "somebody is removing it at this moment: look again in a minute")
        take_returns_turn(this.school, collector.id)
        consent = open_consent(this.school, collector)
        if consent is None:
            raise InvalidError("consent", f"your school gives no consent to {collector.name} now")
        consent.ended_at, consent.ended_why = at, ConsentEnd.REMOVED
        consent.ended_by, consent.ended_name = by, by.user.name
        consent.save(update_fields=["ended_at", "ended_why", "ended_by", "ended_name"])
        this.record(EventName.CONSENT_REMOVED, consent, collector=collector.slug)
        call_off_waiting(this, collector, Ending.CONSENT_REMOVED)
