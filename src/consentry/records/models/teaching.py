"""What is taught to whom by whom: subjects, courses and classes."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.code_list import CodeList
from consentry.records.models.constraints import in_order, one_per_school
from consentry.records.models.imported import ImportedRecord


class Subject(CodeList):
    """A subject that is taught."""

    data_type = Declared(addressed_by="code", display=("subjectName|code",))

    subject_name = models.TextField(null=True)
    parent_subject = Reference("Subject", null=True, index=False)
    export_code = models.TextField(null=True)
    used_in_swf_only = models.BooleanField(default=False, db_default=False, verbose_name="in the workforce census only")
    used_in_cbds_only = models.BooleanField(
        default=False, db_default=False, verbose_name="in the common basic data set only"
    )
    d00115 = models.TextField(null=True, verbose_name="DfE code (D00115)")
    d00220 = models.TextField(null=True, verbose_name="DfE code (D00220)")

    class Meta(CodeList.Meta):
        verbose_name = "subject"
        verbose_name_plural = "subjects"


class AcademicUnit(ImportedRecord):
    """A course or a class of it; courses hold one another."""

    data_type = Declared(display=("academicUnitName|longName|shortName",))

    unique_identifier = models.TextField(null=True)
    parent_academic_unit = Reference("AcademicUnit", null=True)
    academic_unit_name = models.TextField(null=True)
    long_name = models.TextField(null=True)
    long_name_format = models.TextField(null=True)
    short_name = models.TextField(null=True)
    short_name_format = models.TextField(null=True)
    academic_unit_code = models.TextField(null=True)
    academic_year = Reference("AcademicYear")
    promoted_to_academic_unit = Reference("AcademicUnit", null=True, index=False)
    promoted_datetime = models.DateTimeField(null=True, verbose_name="promoted at")
    copied_to_academic_unit = Reference("AcademicUnit", null=True, index=False)
    effective_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    self_service_enrolment = models.BooleanField(null=True)
    maximum_enrolments = models.IntegerField(null=True)
    target_enrolments = models.IntegerField(null=True)
    subject = Reference("Subject", null=True, index=False)
    academic_level = Reference("AcademicLevel", null=True, index=False)
    registration_form = Reference("RegistrationForm", null=True, index=False)
    is_main_assessable_unit = models.BooleanField(null=True)
    display_order = models.IntegerField(null=True)
    promoted_enrolment_start_date = models.DateField(null=True)
    promoted_enrolment_end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "course"
        verbose_name_plural = "courses"
        constraints = [
            *ImportedRecord.Meta.constraints,
            in_order("effective_date", "end_date"),
            in_order("promoted_enrolment_start_date", "promoted_enrolment_end_date"),
        ]


class AcademicUnitEnrolment(ImportedRecord):
    """That a pupil is enrolled in a course from a day to a day."""

    data_type = Declared(display=("academicUnit.academicUnitName|academicUnit.longName|academicUnit.shortName",))

    academic_unit = Reference("AcademicUnit", index=False)
    student = Reference("Student")
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    enrolment_status = models.TextField(null=True)
    repeat_enrolment = models.BooleanField(null=True)
    enrolment_dependency = AnyReference(null=True, verbose_name="enrolled because of")

    class Meta(ImportedRecord.Meta):
        verbose_name = "course enrolment"
        verbose_name_plural = "course enrolments"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("academic_unit_id", "student_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]


class AcademicUnitLead(ImportedRecord):
    """That a member of staff leads a course from a day to a day."""

    data_type = Declared(display=("academicUnit.academicUnitName|academicUnit.longName|academicUnit.shortName",))

    academic_unit = Reference("AcademicUnit", index=False)
    staff = Reference("Staff")
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "course lead"
        verbose_name_plural = "course leads"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("academic_unit_id", "staff_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]
