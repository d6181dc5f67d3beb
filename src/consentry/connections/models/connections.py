"""Connections: one app at one site."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.rules.connection_life import State

_STATES = [(state.value, state.name.title()) for state in State if state is not State.NONE]


class Connection(Guarded):
    """One app at one site. `asked` is the version the school was shown; `version` the one in force once approved.

    `decided_from` is the trust from whose site the person came who decided. `follows` is the newest version to which
    the connection has been brought along (actions/follow_version.py); an app's next one leaves it behind.
    `suspension_told_at` is the moment of the app's suspension that the site was told of, None since it was told of its
    end (actions/tell_of_suspensions.py).
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    app = models.ForeignKey("partners.App", models.PROTECT, related_name="+")
    state = models.TextField(choices=_STATES)
    asked = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, related_name="+")
    version = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, null=True, related_name="+")
    follows = models.ForeignKey("partners.PermissionSetVersion", models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_from = models.ForeignKey("schools.Site", models.PROTECT, null=True, related_name="+")
    moves = models.PositiveIntegerField(default=1)
    suspension_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("school", "app", name="one_connection_a_site"),
            models.CheckConstraint(
                condition=Q(state=State.PENDING, version=None)
                | Q(state=State.APPROVED, version__isnull=False, decided_at__isnull=False)
                | Q(state=State.REJECTED, decided_at__isnull=False),
                name="connection_state_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"connection {self.id}"


class WipeNews(Guarded):
    """That an app which was approved when its site was wiped is to be told by e-mail, and when it was.

    Of the wipe, because its ids are gone; and once new records have come in, because the new ids can be read.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, db_index=False, related_name="+")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="+")
    wipe = models.PositiveIntegerField()
    told_wiped_at = models.DateTimeField(null=True)
    told_ids_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("school", "wipe", "connection", name="one_news_a_wipe")]

    def __str__(self) -> str:
        return f"news of wipe {self.wipe} for connection {self.connection_id}"
