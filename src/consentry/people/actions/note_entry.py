"""Note that somebody who is signed in has come to a site for the first time."""

from django.db import transaction

from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in_of
from consentry.people.models import Account, Outcome
from consentry.people.queries.sign_ins import entered_as_themselves


def note_entry(account: Account, facts: SignInFacts) -> bool:
    """The site's Login History begins with this sign-in; False where the account had entered before.

    What the person did before, at other sites or on the way to them, stays untold here.
    """
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).get(id=account.id)
        if entered_as_themselves(Account.objects.filter(id=account.id)).exists():
            return False
        note_sign_in_of([account], outcome=Outcome.SIGNED_IN, facts=facts)
    return True
