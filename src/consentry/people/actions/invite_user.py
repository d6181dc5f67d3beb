"""Add somebody to a site and let them know by e-mail."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.ask_link import ask_link
from consentry.people.actions.assign_role import assign_role
from consentry.people.actions.give_role import held_through, one_of
from consentry.people.administrators import lock_roles
from consentry.people.models import Account, UserType
from consentry.people.party import Party, actor_of, check_gives_until, check_party
from consentry.rules.pages import Page
from consentry.rules.periods import Period
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@dataclass(frozen=True)
class Invited:
    """Who is invited, as what, and with which business role of the site over which period (None: with none)."""

    email: str
    name: str
    user_type: UserType = UserType.STAFF
    role: int | None = None
    period: Period | None = None


def invite_user(site: Site, wanted: Invited, *, by: Party, at: datetime) -> Account:
    """A new person is mailed a welcome link; who signs in at another site already is let in, and told so.

    Which of the two it was is for the person to know: the answer is the same. Raises NotPermittedError (a role also
    needs what gives roles), CannotGiveError, BusinessRole.DoesNotExist for another site's role, InvalidError for
    somebody with an account here and as `assign_role`.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        roles = lock_roles(site)
        check_party(by, site, Page.USERS, today)
        person = NewUser(wanted.email, wanted.name, existing=None, user_type=wanted.user_type)
        account = add_user(this, site, person)
        if wanted.role is not None:
            check_party(by, site, Page.PERMISSIONS, today)
            role = one_of(roles, wanted.role)
            last = wanted.period.ends_on if wanted.period else None
            check_gives_until(by, held_through(role), today, last)
            assign_role(this, account, role, wanted.period)
        ask_link(this, account, is_welcome=True)
    return account
