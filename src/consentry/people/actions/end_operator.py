"""Let somebody use the operator's desk no longer."""

from datetime import datetime

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.people.models import Operator, User
from consentry.rules.invalid import InvalidError


def end_operator(user: User, *, by: Actor, at: datetime) -> None:
    """From the next click on the desk is not there for them. Raises InvalidError for who may not use it anyway."""
    with change(actor=by, at=at, school=None) as this:
        held = Operator.objects.select_for_update(no_key=True).filter(user=user, ended_at=None).first()
        if held is None:
            raise InvalidError("user", f"{user.email} may not use the operator's desk")
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        this.record(EventName.OPERATOR_ENDED, held, user=user.id, email=user.email)
