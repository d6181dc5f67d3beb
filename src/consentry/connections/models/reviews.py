"""Reviews: a wider version that waits beside the one in force, for one site to accept or decline."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.connections.models.connections import Connection
from consentry.rules.review_life import ReviewState

_STATES = [(each.value, each.label) for each in ReviewState]


class Review(Guarded):
    """The app asks this site for more than it approved: from version `before` to version `after`.

    `moves` counts what was done to it, so that one decision wins when two decide at once.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="reviews")
    before = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, related_name="+")
    after = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, related_name="+")
    state = models.TextField(choices=_STATES, default=ReviewState.OPEN.value)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_from = models.ForeignKey("schools.Site", models.PROTECT, null=True, related_name="+")
    moves = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("connection", "after", name="one_review_a_version"),
            models.UniqueConstraint(
                "connection", condition=Q(state=ReviewState.OPEN.value), name="one_open_review_a_connection"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.id}"
