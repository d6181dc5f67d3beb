"""Where somebody turns who lacks a permission: to whoever can give it to them, or do in their place what it is for."""

from datetime import date

from consentry.people.models import Account
from consentry.people.queries.giving import somebody_gives, somebody_holds
from consentry.rules.permissions import Permission

_OPERATOR = "Nobody at {site} can give it to you: ask the operator of Consentry."


def giver(account: Account, permission: Permission, on: date) -> str:
    """The sentence for somebody with this account. External Administrators hold what their trust gives them.

    Three queries at most.
    """
    site, trust = account.school, account.trust
    if trust is None:
        gives = somebody_gives(site, permission, on)
        return "Your admin team can give it to you." if gives else _OPERATOR.format(site=site.name)
    if somebody_gives(trust, permission, on):
        return f"The admin team of {trust.name} can give it to you."
    if somebody_holds(site, permission, on):
        return f"Nobody at {trust.name} can give it to you; the admin team of {site.name} can do this."
    return _OPERATOR.format(site=f"{trust.name} or {site.name}")
