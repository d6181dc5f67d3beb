"""Who is what to a pupil."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.code_list import CodeList
from consentry.records.models.constraints import one_per_school
from consentry.records.models.imported import ImportedRecord


class GuardianRelationshipType(CodeList):
    """What a guardian can be to a pupil: mother, foster father, social worker."""

    data_type = Declared(addressed_by="code", display=("relationshipName|shortName|code",))

    relationship_name = models.TextField(null=True)
    short_name = models.TextField(null=True)
    is_male = models.BooleanField(default=False, db_default=False)
    is_female = models.BooleanField(default=False, db_default=False)
    is_sibling = models.BooleanField(default=False, db_default=False)
    export_code = models.TextField(null=True)
    d00033 = models.TextField(null=True, verbose_name="DfE code (D00033)")
    d00034 = models.TextField(null=True, verbose_name="DfE code (D00034)")
    ctf_export_code = models.TextField(null=True, verbose_name="code in common transfer files")

    class Meta(CodeList.Meta):
        verbose_name = "guardian relationship type"
        verbose_name_plural = "guardian relationship types"


class StudentGuardianRelationship(ImportedRecord):
    """What one guardian is to one pupil, and what they may do."""

    data_type = Declared(display=("guardianRelationshipType.relationshipName",))

    student = Reference("Student", index=False)
    guardian = Reference("Guardian")
    guardian_relationship_type = Reference("GuardianRelationshipType", null=True, index=False)
    is_legal_guardian = models.BooleanField(null=True)
    is_primary_guardian = models.BooleanField(null=True)
    is_authorized_to_collect = models.BooleanField(null=True, verbose_name="may collect the student")
    emergency_contact_priority = models.TextField(null=True)
    unsubscribed_from_comms = models.BooleanField(null=True, verbose_name="unsubscribed from messages")
    guardian_user_authorized = models.BooleanField(null=True, verbose_name="may use the parent portal")
    access_notes = models.TextField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "student guardian relationship"
        verbose_name_plural = "student guardian relationships"
        constraints = [*ImportedRecord.Meta.constraints, one_per_school("student_id", "guardian_id", name="once")]
