"""A school consents to what a collector asks for."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.returns.calling_off import call_off_waiting
from consentry.returns.locking import OnItsWayError, take_returns_turn_soon
from consentry.returns.models import Collector, Consent
from consentry.returns.queries.collectors import collector_shared
from consentry.returns.queries.consents import open_consent, what_is_in_the_way
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import ConsentEnd, Ending
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_REFUSED = {
    Obstacle.NOT_ASKED: "{collector} does not ask this school",
    Obstacle.DISCONTINUED: "{collector} collects nothing any more",
    Obstacle.DUMMY_SITE: "this is a dummy site: its pupils are invented, and nothing of them is sent",
}


def give_consent(site: Site, collector: int, *, version: int, by: Account, at: datetime) -> Consent:
    """The school's return is sent from now on. `version` is that of what the person was shown.

    Raises NotPermittedError, and InvalidError where there is nothing to consent to, where somebody did already, and
    where more is asked for by now than was shown.
    """
    with change(actor=acting(by), at=at, school=school_id(site)) as this:
        check_may(by, site, Page.DATA_RETURNS, timezone.localdate(at))
        _take_turn(this, collector)
        asking = collector_shared(collector)
        _check(site, asking, version)
        _end_narrower(this, asking)
        consent = Consent.objects.create(
            school=site, collector=asking, version=version, given_at=at, given_by=by, given_name=by.user.name
        )
        this.record(EventName.CONSENT_GIVEN, consent, collector=asking.slug, version=version)
    return consent


def _take_turn(this: Change, collector: int) -> None:
    try:
        take_returns_turn_soon(this.school, collector)
    except OnItsWayError as waited:
        raise InvalidError("consent", "something is on its way to it at this moment: try again in a minute") from waited


def _end_narrower(this: Change, collector: Collector) -> None:
    """End the consent to less, which the job that does so has not come to yet, as that job does.

    What was made under it may tell what the new one does not cover.
    """
    before = open_consent(this.school, collector)
    if before is None:
        return
    if before.version >= collector.consent_from:
        raise InvalidError("consent", "somebody at your school has given consent already")
    before.ended_at, before.ended_why = this.at, ConsentEnd.WIDENED
    before.save(update_fields=["ended_at", "ended_why"])
    this.record(EventName.CONSENT_ENDED, before, collector=collector.slug, why=ConsentEnd.WIDENED.value)
    call_off_waiting(this, collector, Ending.CONSENT_REMOVED)


def _check(site: Site, collector: Collector, version: int) -> None:
    if not collector.needs_consent:
        raise InvalidError("consent", f"the law asks for this: {collector.name} needs no consent")
    if refused := _REFUSED.get(what_is_in_the_way(site, collector) or Obstacle.SUSPENDED):
        raise InvalidError("consent", refused.format(collector=collector.name))
    if version != collector.version:
        raise InvalidError("version", "what is asked for has changed since you opened the page: read it once more")
