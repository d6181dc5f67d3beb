"""Note an attempt to sign in: a row in the Login History of each site that it concerns.

Not through the change door: the row is itself the record, and a failed attempt must not lock a site's chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from consentry.people.models import Account, Outcome, SignIn, User
from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class SignInFacts:
    """What is known of an attempt, whoever it was.

    `provider` is "password", "passkey" or the kind of an identity provider ("google", "microsoft", "saml");
    `second_factor` is "", "authenticator app", "passkey" or "recovery code". `address` and `browser` as
    `web/sign_in_facts.py` finds them.
    """

    at: datetime
    provider: str = "password"
    second_factor: str = ""
    address: str | None = None
    browser: str = ""


def note_sign_in(user: User, *, outcome: Outcome, facts: SignInFacts) -> None:
    """A row at every site where the user has an account of their own; of who signed in, where it is enabled."""
    own = Account.objects.filter(user=user, trust=None)
    note_sign_in_of(own.filter(enabled=True) if outcome == Outcome.SIGNED_IN else own, outcome=outcome, facts=facts)


def note_sign_in_of(accounts: Iterable[Account], *, outcome: Outcome, facts: SignInFacts) -> None:
    """A row for each of these accounts, at its site and for no other account of the same person."""
    SignIn.objects.bulk_create(_row(each.school_id, outcome, facts, each) for each in accounts)


def note_stranger(school: SchoolId, *, outcome: Outcome, facts: SignInFacts) -> None:
    """A row at the site whose identity provider vouched for somebody who is nobody here. Who it was is not kept."""
    _row(school, outcome, facts).save()


def note_wrong_password(email: str, *, facts: SignInFacts) -> None:
    """A row at each site of whoever signs in with this e-mail; an e-mail of nobody leaves nothing.

    One statement in either case, and nobody waits for the disk, so that how long it takes does not tell whether
    somebody has the e-mail.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit to off")
        cursor.execute(
            _OF_EMAIL,
            [facts.at, facts.provider, facts.address, facts.browser, Outcome.WRONG_PASSWORD.value, email],
        )


def _row(school: int, outcome: Outcome, facts: SignInFacts, account: Account | None = None) -> SignIn:
    kind = {} if account is None else {"account": account, "user_type": account.user_type}
    return SignIn(
        school_id=school,
        at=facts.at,
        provider=facts.provider,
        second_factor=facts.second_factor,
        address=facts.address,
        browser=facts.browser,
        outcome=outcome,
        **kind,
    )


_OF_EMAIL = """
insert into people_signin (school_id, account_id, user_type, at, provider, second_factor, address, browser, outcome)
select account.school_id, account.id, account.user_type, %s, %s, '', %s, %s, %s
from people_account account join people_user on people_user.id = account.user_id
where account.trust_id is null and lower(people_user.email) = lower(%s)
"""
