"""What changes about how somebody signs in: on record at each of their sites, and told to the person themself."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import F
from django.urls import reverse

from consentry.audit.change import Change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.happening import Detail
from consentry.audit.names import EventName
from consentry.people.actions.notify import notify
from consentry.people.models import User
from consentry.people.queries.accounts import accounts_by_school, in_use
from consentry.people.queries.users import with_names

_IF_NOT = "If it was not you, set a new password under “Forgot your password?” at once, and tell your admin team."


@dataclass(frozen=True)
class _Words:
    event: EventName
    kinds: tuple[str, ...]
    title: str
    text: str


class LoginChange(Enum):
    """Something that somebody, most likely the person themself, has done to how they sign in."""

    PASSWORD = _Words(
        EventName.PASSWORD_CHANGED, (), "Your password was changed", "Everybody else who was signed in as you is not."
    )
    APP_ADDED = _Words(
        EventName.SECOND_FACTOR_ADDED,
        ("totp",),
        "An authenticator app was set up",
        "From now on its codes are asked for when you sign in.",
    )
    APP_REMOVED = _Words(
        EventName.SECOND_FACTOR_REMOVED,
        ("totp",),
        "Your authenticator app was removed",
        "Its codes are not asked for any more when you sign in.",
    )
    PASSKEY_ADDED = _Words(
        EventName.SECOND_FACTOR_ADDED, ("webauthn",), "A passkey was added", "Whoever holds it can sign in as you."
    )
    PASSKEY_REMOVED = _Words(
        EventName.SECOND_FACTOR_REMOVED, ("webauthn",), "A passkey was removed", "It no longer signs you in."
    )
    CODES_MADE = _Words(
        EventName.RECOVERY_CODES_MADE, (), "New recovery codes were made", "The ones that you had before are void."
    )
    CODE_USED = _Words(
        EventName.RECOVERY_CODE_USED,
        (),
        "A recovery code was used",
        "It works no more; make new ones before all are used.",
    )
    ALL_REMOVED = _Words(
        EventName.SECOND_FACTOR_REMOVED,
        (),
        "Your second factor was removed",
        "The operator has removed your authenticator app, passkeys and recovery codes, and signed you out everywhere.",
    )


def tell_login_change(
    this: Change, user: User, what: LoginChange, *, mails: bool = True, kinds: tuple[str, ...] = ()
) -> None:
    """In an open change at the platform, as the last thing: on record there and at each site of theirs.

    The person is told at the site where they were last, and so by email; not so where `mails` is False.
    """
    words = what.value
    if mails:
        _notify(this, user, words)
    details: dict[str, Detail] = {"kinds": list(kinds or words.kinds)} if kinds or words.kinds else {}
    this.record(words.event, user, **details)
    record_elsewhere(this, accounts_by_school(user), words.event, user=user.id, **details)


def _notify(this: Change, user: User, words: _Words) -> None:
    own = with_names(in_use().filter(user=user, trust=None))
    account = own.order_by(F("last_sign_in").desc(nulls_last=True), "id").first()
    if account is not None:
        path = reverse("own-sign-ins", args=[account.school.slug])
        notify(this, [account], title=words.title, text=f"{words.text} {_IF_NOT}", path=path)
