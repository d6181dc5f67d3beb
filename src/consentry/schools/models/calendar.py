"""What a school has entered into its calendar; bank holidays are no rows, they follow from where the school is."""

from django.db import models
from django.db.models import F, Q

from consentry.audit.guarded import Guarded
from consentry.rules.attendance_codes import Session
from consentry.rules.school_calendar import CalendarEntry, EntryKind
from consentry.schools.models.sites import Site


class CalendarDays(Guarded):
    """Days from the first to the last, both counted: a term, a half term, a closure, or days of opening.

    `session` is the only session of each day that is meant, None for both.
    """

    school = models.ForeignKey(Site, models.PROTECT, db_index=False, related_name="+")
    kind = models.TextField(choices=[(each.value, each.label) for each in EntryKind])
    first_day = models.DateField()
    last_day = models.DateField()
    session = models.TextField(choices=[(each.value, each.value) for each in Session], null=True)
    name = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="calendar_days_in_order"),
            models.CheckConstraint(
                condition=Q(session=None) | Q(kind__in=[EntryKind.CLOSURE.value, EntryKind.OPEN.value]),
                name="calendar_session_of_closure_or_opening",
            ),
            models.CheckConstraint(
                condition=Q(session=None) | Q(session__in=[each.value for each in Session]),
                name="calendar_session_is_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in EntryKind]), name="calendar_kind_is_known"
            ),
        ]
        indexes = [models.Index(fields=["school", "first_day"], name="calendar_of_school")]

    def __str__(self) -> str:
        return self.name or EntryKind(self.kind).label

    def facts(self) -> CalendarEntry:
        """The entry as the rules know it."""
        session = None if self.session is None else Session(self.session)
        return CalendarEntry(EntryKind(self.kind), self.first_day, self.last_day, session, self.name)
