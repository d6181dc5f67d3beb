"""Give a person an account at a site with a business role, in one go."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.assign_role import assign_role
from consentry.people.models import Account
from consentry.people.queries.roles import roles_of_site
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from consentry.schools.queries import school_id, site_by_slug


def welcome_user(slug: str, wanted: NewUser, role_name: str, *, by: Actor, at: datetime) -> Account:
    """The new account. Raises InvalidError for no such site or role, bad e-mail, weak password, wrong `existing`."""
    _check("email", lambda: validate_email(wanted.email))
    if not wanted.existing:
        _check("password", lambda: validate_password(wanted.password or ""))
    try:
        site = site_by_slug(slug)
    except Site.DoesNotExist:
        raise InvalidError("site", f"there is no site called {slug}") from None
    with change(actor=by, at=at, school=school_id(site)) as this:
        roles = roles_of_site(this.school)
        if role_name not in roles:
            raise InvalidError("role", f"{site.name} has no role {role_name}; it has {', '.join(roles)}")
        account = add_user(this, site, wanted)
        assign_role(this, account, roles[role_name])
    return account


def _check(field: str, test: Callable[[], object]) -> None:
    try:
        test()
    except ValidationError as error:
        raise InvalidError(field, " ".join(error.messages)) from None
