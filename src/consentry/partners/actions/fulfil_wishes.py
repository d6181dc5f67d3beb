"""End the wishes whose app has become a partner, as soon as schools find it in the directory."""

from datetime import datetime

from consentry.audit.actor import SYSTEM
from consentry.partners.actions.advance_wish import link_to_app
from consentry.partners.models import AppWish
from consentry.partners.queries.wishes import wishes_of_partners
from consentry.rules.invalid import InvalidError
from consentry.rules.wish_life import WishRefusedError


def fulfil_wishes(*, at: datetime) -> int:
    """How many ended well. What the names do not tell, the operator links by hand."""
    return sum(fulfil_wish(wish, app, at=at) for wish, app in wishes_of_partners())


def fulfil_wish(wish: int, app: int, *, at: datetime) -> bool:
    """Whether it did: not for one that somebody ended meanwhile, or whose app is in the directory no longer."""
    try:
        link_to_app(wish, app, by=SYSTEM, at=at)
    except (WishRefusedError, InvalidError, AppWish.DoesNotExist):
        return False
    return True
