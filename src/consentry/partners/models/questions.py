"""What schools ask of companies and the operator: for a new app, and for help when one does not work."""

from django.db import models

from consentry.audit.guarded import Guarded
from consentry.partners.models.apps import App
from consentry.partners.models.letters import CompanyLetter
from consentry.rules.company_life import Declined
from consentry.rules.trouble_life import Side, TroubleKind, TroubleMove, TroubleState
from consentry.rules.wish_life import WishState


class AppWish(Guarded):
    """A school asks for an app that is no partner yet, with its answers to the questions about why.

    `app` is the one that came of it, once there is one.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    app_name = models.TextField()
    company_name = models.TextField()
    company_email = models.EmailField()
    website = models.URLField(default="", blank=True)
    purpose = models.TextField()
    data_wanted = models.TextField()
    people_concerned = models.TextField()
    used_already = models.BooleanField()
    state = models.TextField(choices=[(each.value, each.label) for each in WishState], default=WishState.ASKED.value)
    declined_for = models.TextField(choices=[(each.value, each.label) for each in Declined], default="", blank=True)
    app = models.ForeignKey(App, models.PROTECT, null=True, related_name="wishes")
    asked_at = models.DateTimeField()
    company_told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.app_name


class WishNote(Guarded):
    """One step of a wish, for the school to read: a question, an answer, or what was decided."""

    wish = models.ForeignKey(AppWish, models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.TextField()
    from_school = models.BooleanField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"note on wish {self.wish_id}"


class TroubleReport(Guarded):
    """A school tells an app's company that the app does not work there, with the facts as they stood (TroubleFacts).

    `letter` is what the company was told by; its row says when it was mailed.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    app = models.ForeignKey(App, models.PROTECT, related_name="troubles")
    reported_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    kind = models.TextField(choices=[(each.value, each.label) for each in TroubleKind])
    since = models.DateField(null=True)
    text = models.TextField()
    facts = models.JSONField()
    at = models.DateTimeField()
    state = models.TextField(
        choices=[(each.value, each.label) for each in TroubleState], default=TroubleState.OPEN.value
    )
    settled_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(CompanyLetter, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "school", "app", condition=~models.Q(state="settled"), name="one_open_trouble_an_app"
            ),
            models.CheckConstraint(
                condition=models.Q(state="settled", settled_at__isnull=False)
                | (~models.Q(state="settled") & models.Q(settled_at=None)),
                name="settled_trouble_has_a_time",
            ),
        ]
        indexes = [models.Index("school", "app", "at", name="troubles_of_app_at_site")]

    def __str__(self) -> str:
        return f"trouble report {self.id}"


class TroubleNote(Guarded):
    """What somebody said to a trouble report; `side` tells for whom they spoke, `move` what that did about it."""

    report = models.ForeignKey(TroubleReport, models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.TextField()
    side = models.TextField(choices=[(each.value, each.value) for each in Side])
    move = models.TextField(choices=[(each.value, each.value) for each in TroubleMove])
    text = models.TextField()

    def __str__(self) -> str:
        return f"note on trouble report {self.report_id}"
