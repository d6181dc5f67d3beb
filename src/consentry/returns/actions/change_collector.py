"""The operator changes a collector; where it asks for more from then on, the consent of schools to less is over."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.returns.checking import NAMES, check_details, check_ready, digest_of
from consentry.returns.models import Collector, FormerScope
from consentry.returns.queries.collectors import collector_held
from consentry.rules.collector_details import CollectorDetails
from consentry.rules.collectors import CollectorStatus, widened
from consentry.rules.invalid import InvalidError

_SCOPE = ("recipient", "purpose", "granularity", "format", "window_previous", "window_unit", "suppress_below")


class WouldEndConsentError(Exception):
    """It would ask for more, in these ways: whoever changes it has to say that the consent of schools may end."""

    def __init__(self, ways: tuple[str, ...]) -> None:
        super().__init__("; ".join(ways))
        self.ways = ways


def change_collector(
    number: int, wanted: CollectorDetails, *, seen: str, may_end_consent: bool = False, by: Actor, at: datetime
) -> Collector:
    """It is so from now on; `seen` is digest_of what whoever changes it had before them. The same changes nothing.

    Another scope is another version. Consents to less are over at once, and are ended by end_consents. Raises
    InvalidError for what cannot be and where somebody changed it meanwhile, WouldEndConsentError, DoesNotExist.
    """
    try:
        with change(actor=by, at=at, school=None) as this:
            kept = collector_held(number)
            _check(kept, seen, wanted)
            changed = [name for name in NAMES if getattr(wanted, name) != getattr(kept, name)]
            if changed:
                _change(this, kept, wanted, changed, may_end_consent=may_end_consent)
    except ChangeWithoutEventError:
        return kept
    return kept


def _check(kept: Collector, seen: str, wanted: CollectorDetails) -> None:
    if digest_of(kept) != seen:
        raise InvalidError("seen", "somebody changed it since you opened the page. Look at it again")
    if kept.is_over:
        raise InvalidError("status", f"{kept.name} is discontinued: it stays as it was")
    check_details(wanted, is_local=kept.is_local)
    is_active = kept.status == CollectorStatus.ACTIVE
    if is_active and kept.local_authority != wanted.local_authority:
        raise InvalidError("local_authority", "can be changed while the collector is suspended")


def _change(
    this: Change, kept: Collector, wanted: CollectorDetails, changed: list[str], *, may_end_consent: bool
) -> None:
    before = kept.scope
    ways = widened(before, wanted.scope)
    if ways and kept.needs_consent and not may_end_consent:
        raise WouldEndConsentError(ways)
    if before != wanted.scope:
        _next_version(this, kept)
        kept.consent_from = kept.version if ways else kept.consent_from
    for name in changed:
        setattr(kept, name, getattr(wanted, name))
    if kept.status == CollectorStatus.ACTIVE:
        check_ready(kept)
    kept.save()
    this.record(
        EventName.COLLECTOR_CHANGED,
        kept,
        slug=kept.slug,
        version=kept.version,
        changed=changed,
        widened=list(ways),
        asked=list(before.told()),
        asks=list(kept.scope.told()),
    )


def _next_version(this: Change, kept: Collector) -> None:
    """Keep what was asked for until now: schools have consented to it."""
    former = {name: getattr(kept, name) for name in _SCOPE}
    FormerScope.objects.create(collector=kept, version=kept.version, until=this.at, **former)
    kept.version += 1
