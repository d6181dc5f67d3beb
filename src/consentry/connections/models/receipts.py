"""Receipts: what was decided about an app at a site, for good."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.connections.models.connections import Connection
from consentry.rules.receipts import Decision


class Receipt(Guarded):
    """One decision, written out as it was: who decided what, when, about which version. Triggers refuse to change it.

    `content` is the whole of it (rules/receipts.py says its shape), in words that do not change when the catalogue or a
    name does.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    connection = models.ForeignKey(Connection, models.PROTECT, related_name="receipts")
    decision = models.TextField(choices=[(each.value, each.label) for each in Decision])
    at = models.DateTimeField()
    content = models.JSONField()

    def __str__(self) -> str:
        return f"receipt {self.id}"


class ReceiptMail(Guarded):
    """That a receipt is to be e-mailed to an account, and when it was."""

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="mails")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("receipt", "account", name="receipt_mailed_once")]
        indexes = [models.Index("made_at", condition=Q(mailed_at=None), name="receipt_to_mail")]

    def __str__(self) -> str:
        return f"mail of receipt {self.receipt_id}"
