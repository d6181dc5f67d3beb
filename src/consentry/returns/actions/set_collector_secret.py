"""The operator sets by what a collector knows us. It is sealed, and shown to nobody again."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.returns.checking import check_ready
from consentry.returns.credentials import WHICH, keep_secret
from consentry.returns.models import Collector
from consentry.returns.queries.collectors import collector_held
from consentry.rules.collectors import CollectorStatus
from consentry.rules.identity_providers import secret
from consentry.rules.invalid import InvalidError


def set_collector_secret(number: int, which: str, clear: str, *, by: Actor, at: datetime) -> Collector:
    """It counts from the next submission on; "" removes it. `which` is one of credentials.WHICH.

    Raises InvalidError for what cannot be a secret, and where an active collector could not be sent to without it;
    Collector.DoesNotExist.
    """
    if which not in WHICH:
        raise InvalidError("which", f"is one of {', '.join(WHICH)}")
    kept_clear = secret(clear) if clear else ""
    with change(actor=by, at=at, school=None) as this:
        kept = collector_held(number)
        if kept.is_over:
            raise InvalidError("status", f"{kept.name} is discontinued: it needs no secret any more")
        keep_secret(kept, which, kept_clear)
        if kept.status == CollectorStatus.ACTIVE:
            check_ready(kept)
        kept.save(update_fields=["first_secret", "second_secret", "subscription_key"])
        done = "set" if clear else "removed"
        this.record(EventName.COLLECTOR_SECRET_SET, kept, slug=kept.slug, which=which, done=done)
    return kept
