"""End the consents that are over, each in its school: a collector was discontinued, or asks for more than they cover.

Rows say which those are: who is killed in between, and who runs at the same time, does no harm.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import DatabaseError
from django.utils import timezone

from consentry.audit.actor import SYSTEM
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.actions.notify import notify
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.returns.calling_off import call_off_waiting
from consentry.returns.locking import take_returns_turn
from consentry.returns.models import Collector, Consent
from consentry.returns.queries.collectors import collector_shared
from consentry.returns.queries.due import consents_to_end, left_waiting
from consentry.returns.queries.scopes import ways_widened
from consentry.returns.telling import news_of_end, page_of
from consentry.rules.identity import SchoolId
from consentry.rules.pages import Page
from consentry.rules.submission_life import ConsentEnd, Ending

_log = logging.getLogger(__name__)
_CALLED_OFF = {ConsentEnd.DISCONTINUED: Ending.DISCONTINUED, ConsentEnd.WIDENED: Ending.CONSENT_REMOVED}

Progress = Callable[[int, int], None]


def end_consents(*, at: datetime, most: int | None = None, progress: Progress = lambda _done, _all: None) -> int:
    """End them, school by school, tell who looks after data returns there, and call off what waits; how many ended.

    `most` bounds how many schools: a person waits for the answer, and the next run goes on. What waits for a collector
    that was discontinued is called off too where no consent was needed. What fails is tried again with the next run.
    """
    over, ended = consents_to_end()[:most], 0
    for done, (school, consent) in enumerate(over, 1):
        ended += _in_school(school, partial(_end, consent), at)
        progress(done, len(over))
    for school, collector in left_waiting()[:most]:
        _in_school(school, partial(_call_off, collector), at)
    return ended


def _in_school(school: SchoolId, act: Callable[[Change], None], at: datetime) -> bool:
    """Whether there was anything to do."""
    try:
        with change(actor=SYSTEM, at=at, school=school) as this:
            act(this)
    except ChangeWithoutEventError:
        return False
    except DatabaseError:
        _log.exception("what is over at school %s was not ended", school)
        return False
    return True


def _end(number: int, this: Change) -> None:
    seen = Consent.objects.get(school=this.school, id=number)
    take_returns_turn(this.school, seen.collector_id)
    collector = collector_shared(seen.collector_id)
    consent = Consent.objects.select_related("school").get(school=this.school, id=number)
    if consent.ended_at is not None:
        return
    why = ConsentEnd.DISCONTINUED if collector.is_over else ConsentEnd.WIDENED
    ways = () if collector.is_over else ways_widened(collector, consent.version)
    consent.ended_at, consent.ended_why = this.at, why
    consent.save(update_fields=["ended_at", "ended_why"])
    this.record(EventName.CONSENT_ENDED, consent, collector=collector.slug, why=why.value, widened=list(ways))
    call_off_waiting(this, collector, _CALLED_OFF[why])
    _tell(this, consent, collector, ways)


def _tell(this: Change, consent: Consent, collector: Collector, ways: tuple[str, ...]) -> None:
    """Whoever may give and remove consent at the school."""
    site = consent.school
    opening = opening_of(Page.DATA_RETURNS, site.level)
    news = news_of_end(collector, site, ways)
    people = accounts_permitted(this.school, opening, timezone.localdate(this.at))
    notify(this, people, title=news.title, text=news.text, path=page_of(site, collector))


def _call_off(number: int, this: Change) -> None:
    take_returns_turn(this.school, number)
    collector = collector_shared(number)
    if collector.is_over:
        call_off_waiting(this, collector, Ending.DISCONTINUED)
