"""Add a person: a user, or an account at another site for a user there is."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import Account, User, UserType
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site


@dataclass(frozen=True)
class NewUser:
    """Who is added. Without a password the user cannot sign in before they have set one through "Forgot password".

    `existing` says that the e-mail is meant to be that of somebody who signs in already. They keep their own name and
    password: who types this must not believe to have set either. None: whoever it is, and nobody is told which.
    """

    email: str
    name: str = ""
    password: str | None = None
    existing: bool | None = False
    user_type: UserType = UserType.STAFF


def add_user(this: Change, site: Site, wanted: NewUser) -> Account:
    """Give this person an account at the site, in an open change.

    Raises InvalidError where they have one, for a type that comes from a trust, where the e-mail is somebody's and
    `existing` was denied, and where it was said and is nobody's or comes with a password.
    """
    if wanted.user_type == UserType.EXTERNAL:
        raise InvalidError("user_type", "External Administrators come from their trust’s own site")
    user = _user(this, wanted)
    if Account.objects.filter(school=site, user=user, trust=None).exists():
        raise InvalidError("email", f"{wanted.email} has an account at {site.name} already")
    account = Account.objects.create(school=site, user=user, user_type=wanted.user_type, added_at=this.at)
    this.record(EventName.USER_ADDED, account, user=user.id, user_type=wanted.user_type.value)
    return account


def _user(this: Change, wanted: NewUser) -> User:
    if wanted.existing is None:
        return _either(this, wanted)
    return _existing(wanted) if wanted.existing else _new(this, wanted)


def _either(this: Change, wanted: NewUser) -> User:
    """The user of this e-mail, made when there is none; also when another site adds the same person at this moment."""
    email = wanted.email.lower()  # before it is looked for: some letters are another pair of letters in capitals
    made = {
        "email": email,
        "name": wanted.name,
        "password": make_password(None),
        "added_at": this.at,
    }
    user, _ = User.objects.get_or_create(email__iexact=email, defaults=made)
    return user


def _new(this: Change, wanted: NewUser) -> User:
    if User.objects.filter(email__iexact=wanted.email).exists():
        raise InvalidError(
            "email", f"somebody signs in as {wanted.email} already: say so (--existing) to let them into this site too"
        )
    password = make_password(wanted.password)
    return User.objects.create(email=wanted.email.lower(), name=wanted.name, password=password, added_at=this.at)


def _existing(wanted: NewUser) -> User:
    if wanted.password is not None:
        raise InvalidError("password", "who signs in already keeps their own password")
    user = User.objects.filter(email__iexact=wanted.email).first()
    if user is None:
        raise InvalidError("email", f"nobody signs in as {wanted.email} yet")
    return user
