"""A school reports to an app's company, and to the operator, that the app does not work there."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.connections.models import Connection
from consentry.connections.queries.trouble_of import KEPT, trouble_of
from consentry.partners.details import check_description
from consentry.partners.models import TroubleReport
from consentry.partners.queries.troubles import locked_trouble, open_trouble, reported_since
from consentry.partners.troubling import one_at_a_time, say_more, tell_company_of_trouble
from consentry.people.acting import acting
from consentry.people.models import Account
from consentry.people.queries.permissions import check_may
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.trouble_facts import TroubleFacts
from consentry.rules.trouble_life import MOST_A_DAY, TroubleKind
from consentry.schools.models import Site
from consentry.schools.queries import school_id

_A_DAY = timedelta(days=1)
_LONGEST_AGO = timedelta(days=366)


@dataclass(frozen=True)
class NewTrouble:
    """What does not work, since which day (None: not known), and what the school says about it."""

    kind: TroubleKind
    since: date | None
    text: str


@dataclass(frozen=True)
class SeenFacts:
    """The facts that somebody had before them: as of which moment, and their digest."""

    at: datetime
    digest: str


class FactsMovedError(Exception):
    """The facts are not those any more that the person had before them."""


def digest_of(facts: TroubleFacts) -> str:
    """What tells these facts from any others."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def report_trouble(
    site: Site, connection_id: int, wanted: NewTrouble, seen: SeenFacts, *, by: Account, at: datetime
) -> TroubleReport:
    """The company is told by email, and finds the report with exactly the facts that the person had before them.

    Where a report about this app is open already, that one is continued by the text instead.
    Raises FactsMovedError for other facts or for ones of long ago, InvalidError for what cannot be and for more than
    MOST_A_DAY, NotPermittedError for somebody who may not decide on apps there, Connection.DoesNotExist for another
    site's too.
    """
    _check(wanted, at)
    school = school_id(site)
    with change(actor=acting(by), at=at, school=school) as this:
        check_may(by, site, Page.PARTNER_APPS, at.date())
        app = Connection.objects.get(school=site, id=connection_id).app_id
        one_at_a_time(app, site)
        is_open = open_trouble(school, app)
        if is_open is not None:
            report = locked_trouble(is_open.id, site=site)
            say_more(this, report, wanted.text)
            return report
        if reported_since(school, app, at - _A_DAY) >= MOST_A_DAY:
            raise InvalidError("text", f"your site reported {MOST_A_DAY} problems with this app within a day already")
        facts = _seen_again(school, connection_id, seen, at)
        return _add(this, by, TroubleReport(school=site, app_id=app, facts=facts, **vars(wanted)))


def _seen_again(school: SchoolId, connection_id: int, seen: SeenFacts, at: datetime) -> TroubleFacts:
    """The facts of that moment, where they are still what was seen. Raises FactsMovedError."""
    if not at - KEPT <= seen.at <= at:
        raise FactsMovedError
    facts = trouble_of(school, connection_id, at=seen.at).facts
    if digest_of(facts) != seen.digest:
        raise FactsMovedError
    return facts


def _check(wanted: NewTrouble, at: datetime) -> None:
    check_description("text", wanted.text)
    if wanted.since is not None and not (at - _LONGEST_AGO).date() <= wanted.since <= at.date():
        raise InvalidError("since", "is a day of the last year")


def _add(this: Change, by: Account, report: TroubleReport) -> TroubleReport:
    report.reported_by, report.at = by.user, this.at
    report.save(force_insert=True)
    title = f"{report.school.name} reports a problem with {report.app.name}"
    text = f"{title}. What they say, and the facts about the connection, are with the report. Read it, and answer:"
    report.letter = tell_company_of_trouble(this, report, title, text)
    report.save(update_fields=["letter"])
    this.record(EventName.TROUBLE_REPORTED, report, app=report.app_id, app_name=report.app.name)
    return report
