"""Set the address by which single sign-on finds a member of staff, where it is not the one they sign in with."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.actions.send_password_link import check_own
from consentry.people.administrators import lock_roles
from consentry.people.models import Account
from consentry.people.party import Party, actor_of, check_gives_account, check_party
from consentry.people.queries.users import account_of_site
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.schools.models import Site
from consentry.schools.queries import school_id


def change_profile_email(site: Site, account_id: int, email: str, *, by: Party, at: datetime) -> Account:
    """Single sign-on finds them by this address; by the one they sign in with where it is "".

    Who owns the address can sign in as this person, so nobody may point to it who does not hold what the person holds.
    Raises NotPermittedError, CannotGiveError, Account.DoesNotExist for another site's, InvalidError for the address of
    somebody else at the site, for an External Administrator, and for who reaches schools that `by` does not.
    """
    today = timezone.localdate(at)
    with change(actor=actor_of(by), at=at, school=school_id(site)) as this:
        lock_roles(site)
        check_party(by, site, Page.USERS, today)
        account = account_of_site(site, account_id)
        check_own(account)
        check_gives_account(by, account, today)
        others = Account.objects.filter(school=site).exclude(user=account.user)
        if email and others.filter(Q(profile_email__iexact=email) | Q(user__email__iexact=email)).exists():
            raise InvalidError("profile_email", "somebody else at this site has this address")
        account.profile_email = email.lower()
        account.save(update_fields=["profile_email"])
        this.record(EventName.USER_PROFILE_CHANGED, account, user=account.user_id)
    return account
