"""Who looks after the whole product: the operator's own people."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.people.models.users import User


class Operator(Guarded):
    """A user who may use the operator's desk, from the day the command line says so until it says no more."""

    user = models.ForeignKey(User, models.PROTECT, related_name="operators")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("user", condition=Q(ended_at=None), name="operator_once")]

    def __str__(self) -> str:
        return f"operator {self.user_id}"
