"""Somebody of a trust signs in to one of its schools from the trust's site."""

from datetime import datetime

from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in_of
from consentry.people.models import Account, Outcome, UserType
from consentry.people.queries.from_trust import may_go_to
from consentry.people.queries.permissions import check_may
from consentry.rules.pages import Page
from consentry.rules.reach import CannotEnterError, EntryRefusal
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def enter_school(at_trust: Account, school: Site, facts: SignInFacts, *, at: datetime) -> Account:
    """Their account as External Administrator there, made when they come for the first time.

    The school's Login History has it, and its events name them and the trust.
    Raises NotPermittedError without the permission for it at the trust; CannotEnterError for a school that they do
    not reach, and where the school has disabled their account.
    """
    wanted = Account(school=school, user=at_trust.user, user_type=UserType.EXTERNAL, trust=at_trust.school, added_at=at)
    today = timezone.localdate(at)
    with change(actor=acting(wanted), at=at, school=school_id(school)) as this:
        check_may(at_trust, at_trust.school, Page.SCHOOLS, today)
        if not may_go_to(at_trust, school, today):
            raise CannotEnterError(EntryRefusal.NOT_REACHED)
        account, is_new = Account.objects.get_or_create(
            school=school,
            user=wanted.user,
            trust=wanted.trust,
            defaults={"user_type": UserType.EXTERNAL, "added_at": at},
        )
        if not account.enabled:
            raise CannotEnterError(EntryRefusal.DISABLED_THERE)
        note_sign_in_of([account], outcome=Outcome.SIGNED_IN, facts=facts)
        this.record(EventName.TRUST_ENTERED, account, trust=at_trust.school_id, first=is_new)
    return account
