"""Bring the people of a site into step with who is to be let in there, in an open change at the site."""

from collections.abc import Iterable

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.assign_role import assign_role
from consentry.people.administrators import lock_roles
from consentry.people.models import Account, User
from consentry.schools.models import Site


def match_people(this: Change, site: Site, wanted: Iterable[User], role_code: str) -> None:
    """These users, and nobody else, have an enabled account at the site; a new one holds the role of this code.

    For sites whose people are said elsewhere: a company's sandbox. Roles that somebody holds already stay.
    """
    role = next(each for each in lock_roles(site).values() if each.code == role_code)
    accounts = {each.user_id: each for each in Account.objects.filter(school=site, trust=None).select_related("user")}
    people = {user.id: user for user in wanted}
    for number, user in people.items():
        if number not in accounts:
            account = add_user(this, site, NewUser(user.email, existing=True))
            assign_role(this, account, role)
        elif not accounts[number].enabled:
            _switch(this, accounts[number], EventName.USER_ENABLED)
    for number, account in accounts.items():
        if number not in people and account.enabled:
            _switch(this, account, EventName.USER_DISABLED)


def _switch(this: Change, account: Account, name: EventName) -> None:
    account.enabled = not account.enabled
    account.save(update_fields=["enabled"])
    this.record(name, account, user=account.user_id)
