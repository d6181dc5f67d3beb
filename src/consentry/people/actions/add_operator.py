"""Let somebody use the operator's desk."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.models import Operator, User
from consentry.people.queries.operators import is_operator
from consentry.rules.invalid import InvalidError


def add_operator(user: User, *, by: Actor, at: datetime) -> Operator:
    """The user may use the desk from now on, with a second factor. Raises InvalidError for who may already."""
    with change(actor=by, at=at, school=None) as this:
        User.objects.select_for_update(no_key=True).get(id=user.id)
        if is_operator(user):
            raise InvalidError("user", f"{user.email} may use the operator's desk already")
        added = Operator.objects.create(user=user, since=at)
        this.record(EventName.OPERATOR_ADDED, added, user=user.id, email=user.email)
    return added
