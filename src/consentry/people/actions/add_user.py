"""Add a person: a user, or an account at another site for a user there is."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.models import Account, User
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site


@dataclass(frozen=True)
class NewUser:
    """Who is added. Without a password the user cannot sign in before they have set one through "Forgot password"."""

    email: str
    name: str
    password: str | None = None


def add_user(this: Change, site: Site, wanted: NewUser) -> Account:
    """Give this person an account at the site, in an open change. Raises InvalidError where they have one."""
    user = User.objects.filter(email__iexact=wanted.email).first()
    if user is None:
        password = make_password(wanted.password)
        user = User.objects.create(email=wanted.email.lower(), name=wanted.name, password=password, added_at=this.at)
    if Account.objects.filter(school=site, user=user).exists():
        raise InvalidError("email", f"{wanted.email} has an account at {site.name} already")
    account = Account.objects.create(school=site, user=user, added_at=this.at)
    this.record(EventName.USER_ADDED, account, user=user.id)
    return account
