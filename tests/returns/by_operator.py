"""What the operator does about collectors, in tests."""

from dataclasses import replace
from typing import Any

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.returns.actions.activate_collector import activate_collector
from consentry.returns.actions.add_collector import add_collector
from consentry.returns.actions.change_collector import change_collector
from consentry.returns.actions.set_collector_secret import set_collector_secret
from consentry.returns.checking import details_of, digest_of
from consentry.returns.credentials import FIRST
from consentry.returns.models import Collector
from consentry.rules.collector_details import CollectorDetails, NewCollector
from consentry.rules.collectors import LegalBasis
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.payload_forms import Format, Granularity
from tests.world import NOW

DETAILS = CollectorDetails(
    name="Daily attendance",
    recipient="Department for Practice",
    purpose="To understand attendance.",
    granularity=Granularity.CROSSTAB,
    format=Format.JSON,
    base_url="https://collector.example/v1",
    token_url="https://collector.example/oauth/token",
    client_id="consentry",
)


def wanted(slug: str = "daily-attendance", *, is_duty: bool = False, **said: Any) -> NewCollector:
    """A collector for all schools of England that can be activated as soon as it has a secret."""
    basis = LegalBasis.DUTY if is_duty else LegalBasis.CONSENT
    return NewCollector(slug, Jurisdiction.ENGLAND, basis, replace(DETAILS, **said))


def active(slug: str = "daily-attendance", *, is_duty: bool = False, **said: Any) -> Collector:
    """The same, added and activated."""
    added = add_collector(wanted(slug, is_duty=is_duty, **said), by=OPERATOR, at=NOW)
    set_collector_secret(added.id, FIRST, "first-word", by=OPERATOR, at=NOW)
    return activate_collector(added.id, by=OPERATOR, at=NOW)


def change(collector: Collector, **said: Any) -> Collector:
    """The operator looks at it, and changes this; where that ends consent, `anyway`."""
    anyway = bool(said.pop("anyway", False))
    looked = Collector.objects.get(id=collector.id)
    new = replace(details_of(looked), **said)
    seen = digest_of(looked)
    return change_collector(looked.id, new, seen=seen, may_end_consent=anyway, by=OPERATOR, at=NOW)


def last_event(school: int = 0) -> Event:
    """Of the platform, or of this school."""
    found = Event.objects.filter(school_id=school).order_by("-id").first()
    assert found is not None
    return found
