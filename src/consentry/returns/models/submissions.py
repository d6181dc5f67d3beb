"""What was made to be sent to collectors, and each attempt to send it."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.returns.models.collectors import Collector
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import Ending, SubmissionState


class Submission(Guarded):
    """One return of a school to a collector: exactly the bytes that are sent, and what became of them.

    One is `in_force` for a school, collector, day and run: what is sent by hand takes the place of the one before.
    `key` is what the collector tells a repeat by. `document` is None where what was counted could not be sent: `faults`
    says why, and else what is not counted in it (rules/assembling_payloads.py). Its window reaches from `first_day` to
    `day`.
    """

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    collector = models.ForeignKey(Collector, models.PROTECT, related_name="+")
    day = models.DateField()
    run = models.TextField(choices=[(each.value, each.label) for each in Run])
    in_force = models.BooleanField(default=True)
    version = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    first_day = models.DateField()
    document = models.BinaryField(null=True)
    media_type = models.TextField(default="")
    faults = models.JSONField(default=list)
    asked_by = models.TextField(default="")
    made_at = models.DateTimeField()

    state = models.TextField(choices=[(each.value, each.label) for each in SubmissionState])
    next_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ending = models.TextField(default="", choices=[(each.value, each.value) for each in Ending])
    receipt = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "school", "collector", "day", "run", condition=Q(in_force=True), name="one_submission_in_force"
            ),
            models.UniqueConstraint(
                "school", "collector", condition=Q(state=SubmissionState.WAITING.value), name="one_submission_waits"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SubmissionState.WAITING.value, next_at__isnull=False, document__isnull=False, ended_at=None
                )
                | ~Q(state=SubmissionState.WAITING.value) & Q(next_at=None, ended_at__isnull=False),
                name="what_waits_has_a_time",
            ),
        ]
        indexes = [
            models.Index("school", "collector", models.F("made_at").desc(), name="submissions_newest_first"),
            models.Index("collector", "day", condition=Q(in_force=True), name="submissions_of_day"),
            models.Index(
                "collector",
                models.F("ended_at").desc(),
                condition=Q(state=SubmissionState.RECEIVED.value),
                name="submissions_last_received",
            ),
            models.Index("next_at", condition=Q(state=SubmissionState.WAITING.value), name="submissions_to_send"),
        ]

    def __str__(self) -> str:
        return f"submission {self.id}"


class Attempt(Guarded):
    """One attempt to send a submission. Without an end it is going on, or the worker was killed meanwhile."""

    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", choices=[(each.value, each.value) for each in Outcome])
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint("submission", "number", name="attempt_number")]

    def __str__(self) -> str:
        return f"attempt {self.number} of submission {self.submission_id}"
