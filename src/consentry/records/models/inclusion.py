"""Special educational needs and medical conditions."""

from django.db import models

from consentry.records.data_type import ALL, Declared
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.base import Record
from consentry.records.models.code_list import CodeList
from consentry.records.models.constraints import in_order, one_per_school
from consentry.records.models.imported import ImportedRecord


class SenStatus(CodeList):
    """A stage of support for special educational needs."""

    data_type = Declared(addressed_by="code", display=("senStatusName|code",))

    sen_status_name = models.TextField(null=True, verbose_name="SEN status name")
    description = models.TextField(null=True)
    counts_as_sen_status = models.BooleanField(default=True, db_default=True, verbose_name="counts as a SEN status")
    export_code = models.TextField(null=True)
    d00229 = models.TextField(null=True, verbose_name="DfE code (D00229)")

    class Meta(CodeList.Meta):
        verbose_name = "SEN status"
        verbose_name_plural = "SEN statuses"


class SenStatusAssignment(ImportedRecord):
    """That a pupil has a SEN status from a day to a day."""

    data_type = Declared(display=("senStatus.senStatusName",), special=ALL)

    sen_status = Reference("SenStatus", index=False, verbose_name="SEN status")
    student = Reference("Student", index=False)
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "SEN status assignment"
        verbose_name_plural = "SEN status assignments"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("student_id", "start_date", "sen_status_id", name="once"),
            in_order("start_date", "end_date"),
        ]


class MedicalConditionType(CodeList):
    """A kind of medical condition, such as asthma."""

    data_type = Declared(addressed_by="code", display=("medicalConditionType|code",))

    medical_condition_type = models.TextField(null=True)
    is_allergy = models.BooleanField(default=False, db_default=False)

    class Meta(CodeList.Meta):
        verbose_name = "medical condition type"
        verbose_name_plural = "medical condition types"


class MedicalCondition(Record):
    """A medical condition of a person."""

    data_type = Declared(display=("medicalConditionName|medicalConditionType.medicalConditionType",), special=ALL)

    person = AnyReference()
    medical_condition_type = Reference("MedicalConditionType", null=True, index=False)
    medical_condition_name = models.TextField(null=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    severity = models.TextField(null=True)
    symptoms = models.TextField(null=True)
    treatment = models.TextField(null=True)

    class Meta:
        verbose_name = "medical condition"
        verbose_name_plural = "medical conditions"
        constraints = [in_order("start_date", "end_date")]
