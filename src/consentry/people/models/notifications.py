"""What people are told, in the site and by e-mail."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.people.models.accounts import Account


class Notification(Guarded):
    """Something a person should look at, in the site and by e-mail. `mailed_at` is the truth of the mail, not a job."""

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="notifications")
    title = models.TextField()
    text = models.TextField()
    path = models.TextField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("account", "made_at", name="notification_of_account"),
            models.Index("made_at", condition=Q(mailed_at=None), name="notification_to_mail"),
        ]

    def __str__(self) -> str:
        return self.title
