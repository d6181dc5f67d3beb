"""Wipe a dummy site, so that it can be filled again: as the live site, or once more as a dummy."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.connections.actions.announce_wipe import announce_wipe
from consentry.partners.queries.sandboxes import sandbox_owner
from consentry.people.party import Party, actor_of, check_party
from consentry.records.actions.wipe_records import Progress, Wiped, wipe_records
from consentry.records.writing.turn import take_turn
from consentry.rules.going_live import WipeRefusal, WipeRefusedError
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.actions.set_life import lock_site, set_life
from consentry.schools.models import Life, Site, SiteKind
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class WipeOrder:
    """What the site is to become, and its name as whoever orders the wipe typed it."""

    confirm: str
    becomes: Life = Life.LIVE


def wipe_dummy_site(
    site: Site, order: WipeOrder, *, by: Party, at: datetime, progress: Progress | None = None
) -> Wiped:
    """All records are deleted; the site is as after its opening, but for its people, connections and history.

    Apps that are approved stay so, and are told. What the records were known by is remembered, so that they are found
    again after the next imports. Waits for an import of the site that is under way. Raises NotPermittedError for
    somebody who may not do it, WipeRefusedError for a site that is not a school's dummy, InvalidError when `confirm`
    is not its name; then nothing is changed.
    """
    _check(site, order, by, at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        take_turn(this.school)
        locked = lock_site(this)
        _check(locked, order, by, at)
        wiped = wipe_records(this, becomes=order.becomes, progress=progress or _untold)
        told = announce_wipe(this, wiped.wipe.number)
        set_life(locked, order.becomes)
        this.record(
            EventName.SITE_WIPED,
            locked,
            life=order.becomes,
            revision=wiped.wipe.revision,
            records=wiped.wipe.records,
            data_types=[f"{name}: {count}" for name, count in wiped.counts.items()],
            apps_to_tell=told,
        )
    return wiped


def _check(site: Site, order: WipeOrder, by: Party, at: datetime) -> None:
    if sandbox_owner(site) is not None:
        raise WipeRefusedError(WipeRefusal.SANDBOX)
    if site.kind != SiteKind.SCHOOL:
        raise WipeRefusedError(WipeRefusal.NOT_A_SCHOOL)
    check_party(by, site, Page.MIGRATION, timezone.localdate(at))
    if not site.is_dummy:
        raise WipeRefusedError(WipeRefusal.LIVE)
    if order.confirm.strip() != site.name.strip():
        raise InvalidError("confirm", f"type the name of the site as it stands at the top of the page: {site.name}")


def _untold(done: int, total: int) -> None:
    """Nobody asked how far it is."""
