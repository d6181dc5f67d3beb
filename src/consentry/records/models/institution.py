"""The school itself, its places and rooms, and who is on its roll from when to when."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.constraints import in_order, one_per_school
from consentry.records.models.imported import ImportedRecord


class EducationalInstitution(ImportedRecord):
    """A school: this one, or one that pupils came from."""

    data_type = Declared(display=("educationalInstitutionName|shortName",))

    educational_institution_name = models.TextField(null=True)
    short_name = models.TextField(null=True)
    opening_date = models.DateField(null=True)
    closing_date = models.DateField(null=True)
    arbor_identifier = models.TextField(null=True, verbose_name="identifier in Arbor")
    website = models.TextField(null=True)
    previous_educational_institution = Reference("EducationalInstitution", null=True, index=False)
    establishment_number = models.TextField(null=True)
    school_gender = models.TextField(null=True)
    urn = models.TextField(null=True, verbose_name="unique reference number (URN)")
    ukprn = models.TextField(null=True, verbose_name="UK provider reference number (UKPRN)")
    has_child_mother_provision = models.BooleanField(null=True)
    has_childcare_places = models.BooleanField(null=True)
    special_school_accommodation = models.TextField(null=True)
    special_school_max_day_pupils = models.IntegerField(null=True)
    special_school_max_boarders = models.IntegerField(null=True)
    special_school_min_male_age = models.IntegerField(null=True)
    special_school_max_male_age = models.IntegerField(null=True)
    special_school_min_female_age = models.IntegerField(null=True)
    special_school_max_female_age = models.IntegerField(null=True)
    special_school_sen_provisions = models.TextField(null=True, verbose_name="special school SEN provisions")
    census_school_opening_date = models.DateField(null=True)
    weekly_hours_open = models.TextField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "school"
        verbose_name_plural = "schools"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("urn", name="urn"),
            in_order("opening_date", "closing_date"),
        ]


class EducationalInstitutionEnrolment(ImportedRecord):
    """That a pupil is on the school's roll from a day, and until a day once that is known."""

    data_type = Declared()

    student = Reference("Student", index=False)
    entry_date = models.DateField()
    leaving_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "school enrolment"
        verbose_name_plural = "school enrolments"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("student_id", "entry_date", name="once"),
            in_order("entry_date", "leaving_date"),
        ]


class SchoolPlace(ImportedRecord):
    """A place where the school teaches. Surfaces call it Site; in this program a site is a school's own system."""

    data_type = Declared(name="Site", display=("siteName|shortName",))

    site_name = models.TextField()
    short_name = models.TextField(null=True)
    site_display_order = models.IntegerField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "school site"
        verbose_name_plural = "school sites"


class Room(ImportedRecord):
    """A room in which lessons are held."""

    data_type = Declared(display=("roomName|shortName",))

    site = Reference("SchoolPlace", null=True, index=False)
    room_name = models.TextField()
    short_name = models.TextField(null=True)
    student_capacity = models.IntegerField(null=True)
    is_invigilation_room = models.BooleanField(null=True)
    invigilation_capacity = models.IntegerField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "room"
        verbose_name_plural = "rooms"
