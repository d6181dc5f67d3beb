"""Numbers that the state gives to pupils."""

from django.db import models
from django.db.models import Q

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.base import Record
from consentry.records.models.constraints import in_order, one_per_school


class UpnAssignment(Record):
    """That a pupil has a unique pupil number from a time, and until a time if it was replaced."""

    data_type = Declared(name="UkDfe_UpnAssignment", display=("upn",))

    student = Reference("Student")
    issued_year = models.IntegerField(null=True)
    issued_local_authority = models.TextField(null=True)
    issued_establishment_number = models.TextField(null=True)
    issued_serial_number = models.IntegerField(null=True)
    upn = models.TextField(verbose_name="unique pupil number (UPN)")
    start_datetime = models.DateTimeField(null=True, verbose_name="start time")
    end_datetime = models.DateTimeField(null=True, verbose_name="end time")
    is_temporary = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "UPN assignment"
        verbose_name_plural = "UPN assignments"
        constraints = [
            one_per_school("upn", name="current_upn", condition=Q(end_datetime=None)),
            in_order("start_datetime", "end_datetime"),
        ]
