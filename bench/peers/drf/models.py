"""The same tables as unmanaged models."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class User(AbstractBaseUser):
    """Whom a token may belong to (these belong to an app alone)."""

    email = models.EmailField(unique=True)

    USERNAME_FIELD = "email"

    class Meta:
        managed = False
        db_table = "people_user"


class Person(models.Model):
    legal_first_name = models.TextField(null=True)
    preferred_first_name = models.TextField(null=True)
    legal_last_name = models.TextField(null=True)
    preferred_last_name = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "records_person"


class Student(models.Model):
    school_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT)
    student_number = models.TextField(null=True)
    handedness = models.TextField(null=True)
    minimum_data_retention_date = models.DateField(null=True)
    is_active_outgoing_sync = models.BooleanField(null=True)
    unique_learner_number = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "records_student"

    @property
    def display_name(self) -> str:
        """As the product makes it."""
        person = self.person
        first = person.preferred_first_name or person.legal_first_name
        return " ".join(filter(None, [first, person.preferred_last_name or person.legal_last_name]))


class RollCall(models.Model):
    code = models.TextField()

    class Meta:
        managed = False
        db_table = "records_attendancerollcall"


class Mark(models.Model):
    code = models.TextField()

    class Meta:
        managed = False
        db_table = "records_attendancemark"


class RollCallRecord(models.Model):
    school_id = models.BigIntegerField()
    attendance_roll_call = models.ForeignKey(RollCall, models.PROTECT)
    record_date = models.DateField()
    student = models.ForeignKey(Student, models.PROTECT)
    attendance_mark = models.ForeignKey(Mark, models.PROTECT)
    minutes_late = models.SmallIntegerField(null=True)
    source = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "records_attendancerollcallrecord"
