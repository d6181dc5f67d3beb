"""Note an attempt to sign in: a row in the Login History of each site that it concerns.

Not through the change door: the row is itself the record, and a failed attempt must not lock a site's chain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from consentry.people.models import Account, Outcome, SignIn, User
from consentry.people.queries.sign_ins import entered_as_themselves
from consentry.rules.identity import SchoolId
from consentry.rules.identity_providers import Vouching


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


def note_sign_in(user: User, *, outcome: Outcome, facts: SignInFacts, on_way_to: str = "") -> None:
    """A row for every account of the user's own; of who signed in, for those that are enabled.

    A site is told of it where the user has entered it before (see `entered_as_themselves`), and where the attempt was
    made on the way to it (`on_way_to`, the site's slug): whoever adds somebody by their email learns nothing of what
    they do elsewhere.
    """
    own = Account.objects.filter(user=user, trust=None).select_related("school")
    rows = list(own.filter(enabled=True) if outcome == Outcome.SIGNED_IN else own)
    known = set(entered_as_themselves(own).values_list("id", flat=True))
    SignIn.objects.bulk_create(
        _row(each.school_id, outcome, facts, each, is_told=each.id in known or each.school.slug == on_way_to)
        for each in rows
    )


def note_sign_in_of(accounts: Iterable[Account], *, outcome: Outcome, facts: SignInFacts) -> None:
    """A row for each of these accounts, at its site and for no other account of the same person."""
    SignIn.objects.bulk_create(_row(each.school_id, outcome, facts, each) for each in accounts)


def note_stranger(school: SchoolId, *, outcome: Outcome, facts: SignInFacts) -> None:
    """A row at the site whose identity provider vouched for somebody who is nobody here. Who it was is not kept."""
    _row(school, outcome, facts).save()


def note_wrong_password(email: str, *, facts: SignInFacts, on_way_to: str = "") -> None:
    """A row at each site of whoever signs in with this e-mail, told as by `note_sign_in`; of nobody's it leaves none.

    One statement in either case, and nobody waits for the disk, so that how long it takes does not tell whether
    somebody has the e-mail.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit to off")
        cursor.execute(
            _OF_EMAIL,
            {
                "at": facts.at,
                "provider": facts.provider,
                "address": facts.address,
                "browser": facts.browser,
                "outcome": Outcome.WRONG_PASSWORD.value,
                "signed_in": Outcome.SIGNED_IN.value,
                "on_way_to": on_way_to,
                "by_sites": list(Vouching),
                "email": email,
            },
        )


def _row(
    school: int, outcome: Outcome, facts: SignInFacts, account: Account | None = None, *, is_told: bool = True
) -> SignIn:
    kind = {} if account is None else {"account": account, "user_type": account.user_type}
    return SignIn(
        school_id=school,
        at=facts.at,
        provider=facts.provider,
        second_factor=facts.second_factor,
        address=facts.address,
        browser=facts.browser,
        outcome=outcome,
        is_told=is_told,
        **kind,
    )


_OF_EMAIL = """
insert into people_signin
    (school_id, account_id, user_type, at, provider, second_factor, address, browser, outcome, is_told)
select account.school_id, account.id, account.user_type, %(at)s, %(provider)s, '', %(address)s, %(browser)s,
    %(outcome)s,
    site.slug = %(on_way_to)s or exists (
        select from people_signin came
        where came.account_id = account.id and came.is_told and came.outcome = %(signed_in)s
            and (came.provider <> all(%(by_sites)s) or not exists (
                select from people_account other
                where other.user_id = account.user_id and other.school_id <> account.school_id
                and other.trust_id is null
            ))
    )
from people_account account
join people_user on people_user.id = account.user_id
join schools_site site on site.id = account.school_id
where account.trust_id is null and lower(people_user.email) = lower(%(email)s)
"""
