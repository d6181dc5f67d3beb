"""Academic years, and which pupils are enrolled in them."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.constraints import addressable, in_order, one_per_school
from consentry.records.models.imported import ImportedRecord


class AcademicYear(ImportedRecord):
    """A school year, addressed by a code such as 2025-2026."""

    data_type = Declared(addressed_by="code", display=("academicYearName|code",))

    academic_year_name = models.TextField(null=True)
    code = models.TextField()
    start_date = models.DateField()
    end_date = models.DateField()
    timetable_cycle_length = models.IntegerField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "academic year"
        verbose_name_plural = "academic years"
        constraints = [
            *ImportedRecord.Meta.constraints,
            *addressable(),
            in_order("start_date", "end_date"),
        ]


class AcademicYearEnrolment(ImportedRecord):
    """That a pupil is enrolled in a school year from a day to a day."""

    data_type = Declared(display=("academicYear.academicYearName|academicYear.code",))

    academic_year = Reference("AcademicYear", index=False)
    student = Reference("Student")
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    enrolment_notes = models.TextField(null=True)
    planned_learning_hours = models.IntegerField(null=True)
    planned_eep_hours = models.IntegerField(
        null=True, verbose_name="planned employability, enrichment and pastoral hours"
    )
    t_level_planned_learning_hours = models.IntegerField(null=True, verbose_name="T level planned learning hours")

    class Meta(ImportedRecord.Meta):
        verbose_name = "academic year enrolment"
        verbose_name_plural = "academic year enrolments"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("academic_year_id", "student_id", "start_date", name="once"),
            in_order("start_date", "end_date"),
        ]
