"""Accept the terms and conditions that are in force, for oneself at one site."""

from datetime import datetime

from consentry.audit.change import ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.acting import acting
from consentry.people.models import Account, TermsAcceptance
from consentry.people.queries.accounts import in_use
from consentry.rules.identity import SchoolId
from consentry.schools.queries import newest_terms


class OutdatedTermsError(Exception):
    """A version is to be accepted that is not in force, or no longer: somebody accepts what they have not read."""


def accept_terms(by: Account, number: int, *, at: datetime) -> bool:
    """The account accepts the version of this number; False where it had before.

    Raises OutdatedTermsError when another version is in force, Account.DoesNotExist for an account that is disabled.
    """
    try:
        with change(actor=acting(by), at=at, school=SchoolId(by.school_id)) as this:
            account = in_use().select_for_update(no_key=True, of=("self",)).get(id=by.id)
            terms = newest_terms()
            if terms is None or terms.number != number:
                raise OutdatedTermsError
            acceptance, is_new = TermsAcceptance.objects.get_or_create(
                account=account, terms=terms, defaults={"accepted_at": at}
            )
            if is_new:
                this.record(EventName.TERMS_ACCEPTED, acceptance, account=account.id, version=number)
    except ChangeWithoutEventError:
        return False
    return True
