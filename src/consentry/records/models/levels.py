"""Year groups, which pupils are in them, and who leads them."""

from django.db import models

from consentry.records.data_type import Collection, Declared
from consentry.records.fields import Reference
from consentry.records.models.code_list import CodeList
from consentry.records.models.constraints import in_order, one_per_school
from consentry.records.models.imported import ImportedRecord


class CurriculumGrade(CodeList):
    """A National Curriculum year group, from early years to year 14."""

    data_type = Declared(addressed_by="code", display=("curriculumGradeName|code",))

    curriculum_grade_name = models.TextField(null=True)
    academic_year_index = models.IntegerField(null=True)
    minimum_age_at_start = models.IntegerField(null=True)
    maximum_age_at_start = models.IntegerField(null=True)
    export_code = models.TextField(null=True)
    d00020 = models.TextField(null=True, verbose_name="DfE code (D00020)")
    d00020_order = models.IntegerField(null=True, verbose_name="order of the DfE code (D00020)")

    class Meta(CodeList.Meta):
        verbose_name = "National Curriculum year"
        verbose_name_plural = "National Curriculum years"


class AcademicLevel(ImportedRecord):
    """A year group of one school year."""

    data_type = Declared(
        display=("academicLevelName|shortName",),
        collections={"tutorMemberships": Collection("AcademicLevelTutor", "academic_level", "tutors")},
    )

    academic_level_name = models.TextField()
    short_name = models.TextField(null=True)
    curriculum_grade = Reference("CurriculumGrade", null=True, index=False)
    academic_year = Reference("AcademicYear")
    promoted_to_academic_level = Reference("AcademicLevel", null=True, index=False)
    promoted_datetime = models.DateTimeField(null=True, verbose_name="promoted at")
    copied_to_academic_level = Reference("AcademicLevel", null=True, index=False)
    display_order = models.IntegerField(null=True)
    target_enrolment = models.IntegerField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "year group"
        verbose_name_plural = "year groups"


class AcademicLevelMembership(ImportedRecord):
    """That a pupil is in a year group from a day to a day."""

    data_type = Declared(display=("academicLevel.academicLevelName",))

    academic_level = Reference("AcademicLevel", index=False)
    student = Reference("Student")
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "year group membership"
        verbose_name_plural = "year group memberships"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("academic_level_id", "student_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]


class AcademicLevelTutor(ImportedRecord):
    """That a member of staff leads a year group from a day to a day."""

    data_type = Declared(display=("academicLevel.academicLevelName",))

    academic_level = Reference("AcademicLevel", index=False)
    staff = Reference("Staff")
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "year group tutor"
        verbose_name_plural = "year group tutors"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("academic_level_id", "staff_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]
