"""Who an account is as the party of an event."""

from consentry.audit.actor import Actor, ActorKind
from consentry.people.models import Account


def acting(account: Account) -> Actor:
    """The person; somebody who came from a trust is named with it."""
    name = account.user.name
    if account.trust is not None:
        name = f"{name}, {account.get_user_type_display()} from {account.trust.name}"
    return Actor(ActorKind.USER, account.user_id, name)
