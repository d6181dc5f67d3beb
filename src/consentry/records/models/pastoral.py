"""Registration forms and houses: which pupils are in them, and who looks after them."""

from django.db import models

from consentry.records.data_type import Collection, Declared
from consentry.records.fields import Reference
from consentry.records.models.constraints import in_order, one_per_school
from consentry.records.models.imported import ImportedRecord


class RegistrationForm(ImportedRecord):
    """A form that is registered together, such as 7A."""

    data_type = Declared(
        display=("registrationFormName|shortName",),
        collections={
            "tutors": Collection("RegistrationFormTutor", "registration_form", "tutors"),
            "studentMemberships": Collection("RegistrationFormMembership", "registration_form", "student memberships"),
        },
    )

    code = models.TextField(null=True)
    registration_form_name = models.TextField()
    short_name = models.TextField(null=True)
    room = Reference("Room", null=True, index=False)
    academic_year = Reference("AcademicYear")
    promoted_to_registration_form = Reference("RegistrationForm", null=True, index=False)
    promoted_datetime = models.DateTimeField(null=True, verbose_name="promoted at")
    copied_to_registration_form = Reference("RegistrationForm", null=True, index=False)
    display_order = models.IntegerField(null=True)
    target_enrolment = models.IntegerField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "registration form"
        verbose_name_plural = "registration forms"


class RegistrationFormMembership(ImportedRecord):
    """That a pupil is in a form from a day to a day."""

    data_type = Declared(display=("registrationForm.registrationFormName",))

    registration_form = Reference("RegistrationForm", index=False)
    student = Reference("Student")
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "registration form membership"
        verbose_name_plural = "registration form memberships"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("registration_form_id", "student_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]


class RegistrationFormTutor(ImportedRecord):
    """That a member of staff is the tutor of a form from a day to a day."""

    data_type = Declared(display=("registrationForm.registrationFormName",))

    registration_form = Reference("RegistrationForm", index=False)
    staff = Reference("Staff")
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "registration form tutor"
        verbose_name_plural = "registration form tutors"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("registration_form_id", "staff_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]


class House(ImportedRecord):
    """A house: pupils of all years who compete and are cared for together."""

    data_type = Declared(display=("houseName|shortName",))

    house_name = models.TextField()
    short_name = models.TextField(null=True)
    academic_year = Reference("AcademicYear")
    display_order = models.IntegerField(null=True)
    copied_to_house = Reference("House", null=True, index=False)

    class Meta(ImportedRecord.Meta):
        verbose_name = "house"
        verbose_name_plural = "houses"


class HouseMembership(ImportedRecord):
    """That a pupil is in a house from a day to a day."""

    data_type = Declared(display=("house.houseName",))

    house = Reference("House", index=False)
    student = Reference("Student")
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    enrolment_dependency = Reference(
        "RegistrationFormMembership", null=True, verbose_name="because of the form membership"
    )

    class Meta(ImportedRecord.Meta):
        verbose_name = "house membership"
        verbose_name_plural = "house memberships"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("house_id", "student_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]


class HouseTutor(ImportedRecord):
    """That a member of staff looks after a house from a day to a day."""

    data_type = Declared(display=("house.houseName",))

    house = Reference("House", index=False)
    staff = Reference("Staff")
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "house tutor"
        verbose_name_plural = "house tutors"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("house_id", "staff_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]
