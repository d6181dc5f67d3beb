"""Persons, and what they are to a school: pupils, staff, guardians."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.constraints import in_order, one_per_school
from consentry.records.models.imported import ImportedRecord

_NAME_OF_PERSON = ("person.preferredFirstName|person.legalFirstName", "person.preferredLastName|person.legalLastName")


class Person(ImportedRecord):
    """A human being, once, whatever they are to the school."""

    data_type = Declared(
        display=("preferredFirstName|legalFirstName", "preferredLastName|legalLastName"),
        special=frozenset({"genderIdentityPreferredTerm"}),
    )

    gender = Reference("Gender", null=True, index=False)
    gender_identity_preferred_term = models.TextField(null=True)
    title = Reference("Title", null=True, index=False)
    legal_first_name = models.TextField(null=True)
    legal_middle_names = models.TextField(null=True)
    legal_last_name = models.TextField(null=True)
    preferred_first_name = models.TextField(null=True)
    preferred_last_name = models.TextField(null=True)
    date_of_birth = models.DateField(null=True)
    country_of_birth = Reference("Country", null=True, index=False)
    deceased = models.BooleanField(null=True)
    date_of_death = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "person"
        verbose_name_plural = "persons"
        constraints = [*ImportedRecord.Meta.constraints, in_order("date_of_birth", "date_of_death")]
        indexes = [models.Index("school", "legal_last_name", "legal_first_name", name="person_by_name")]


class Student(ImportedRecord):
    """A person who is, was or will be a pupil here. Whether they are on roll is said by dated enrolments alone."""

    data_type = Declared(
        display=_NAME_OF_PERSON,
        special=frozenset({
            "religion", "ethnicity", "ethnicitySource", "bloodGroup", "pregnancyLength", "birthDelivery", "nhsNumber",
        }),
    )  # fmt: skip

    person = Reference("Person", index=False)
    religion = Reference("Religion", null=True, index=False)
    ethnicity = Reference("Ethnicity", null=True, index=False)
    blood_group = models.TextField(null=True)
    pregnancy_length = models.TextField(null=True)
    birth_delivery = models.TextField(null=True)
    handedness = models.TextField(null=True)
    student_number = models.TextField(null=True)
    legacy_system_id = models.TextField(null=True, verbose_name="id in the previous system")
    minimum_data_retention_date = models.DateField(null=True)
    suspend_calendar_entry_mappings = models.BooleanField(null=True)
    is_active_outgoing_sync = models.BooleanField(null=True)
    is_active_incoming_sync = models.BooleanField(null=True)
    unique_learner_number = models.BigIntegerField(null=True, verbose_name="unique learner number (ULN)")
    youth_support_services_agreement = models.TextField(null=True)
    hours_at_setting = models.TextField(null=True)
    funded_hours = models.TextField(null=True)
    ethnicity_source = models.TextField(null=True)
    nhs_number = models.TextField(null=True, verbose_name="NHS number")
    ucas_personal_identifier = models.TextField(null=True, verbose_name="UCAS personal identifier")
    extended_hours = models.TextField(null=True)
    thirty_hour_code = models.TextField(null=True)
    expanded_hours = models.TextField(null=True)
    gcse_english_grade = models.TextField(null=True, verbose_name="GCSE English grade")
    gcse_english_grade_prior = models.TextField(null=True, verbose_name="prior GCSE English grade")
    gcse_english_minimum_hours = models.TextField(null=True, verbose_name="GCSE English minimum hours")
    gcse_maths_grade = models.TextField(null=True, verbose_name="GCSE maths grade")
    gcse_maths_grade_prior = models.TextField(null=True, verbose_name="prior GCSE maths grade")
    gcse_maths_minimum_hours = models.TextField(null=True, verbose_name="GCSE maths minimum hours")
    t_level_planned_eep_hours = models.IntegerField(
        null=True, verbose_name="T level planned employability, enrichment and pastoral hours"
    )

    class Meta(ImportedRecord.Meta):
        verbose_name = "student"
        verbose_name_plural = "students"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("person_id", name="person"),
            one_per_school("student_number", name="student_number"),
        ]


class Staff(ImportedRecord):
    """A person who works, worked or will work here."""

    data_type = Declared(display=_NAME_OF_PERSON, special=frozenset({"ethnicity", "religion", "bloodGroup"}))

    person = Reference("Person", index=False)
    ethnicity = Reference("Ethnicity", null=True, index=False)
    religion = Reference("Religion", null=True, index=False)
    blood_group = models.TextField(null=True)
    staff_number = models.TextField(null=True)
    continuous_service_start_date = models.DateField(null=True)
    zendesk_user = models.TextField(null=True, verbose_name="help desk user")
    timetable_abbreviation = models.TextField(null=True)
    legacy_system_id = models.TextField(null=True, verbose_name="id in the previous system")
    external_person_id = models.TextField(null=True, verbose_name="id of the person in another system")
    include_in_cover = models.BooleanField(null=True)
    eligible_for_school_workforce_return = models.BooleanField(null=True)
    qualified_teacher_status = models.BooleanField(null=True)
    qualified_teacher_learning_and_skills_status = models.BooleanField(null=True)
    early_years_teacher_status = models.BooleanField(null=True)
    hlta_status = models.BooleanField(null=True, verbose_name="higher level teaching assistant status")
    newly_qualified_teacher_date = models.DateField(null=True)
    slt_status_for_swc = models.TextField(null=True, verbose_name="senior leader in the workforce census")

    class Meta(ImportedRecord.Meta):
        verbose_name = "staff member"
        verbose_name_plural = "staff"
        constraints = [
            *ImportedRecord.Meta.constraints,
            one_per_school("person_id", name="person"),
            one_per_school("staff_number", name="staff_number"),
        ]


class Guardian(ImportedRecord):
    """A person who cares for a pupil, or may be called in an emergency."""

    data_type = Declared(display=_NAME_OF_PERSON, special=frozenset({"religion", "ethnicity", "bloodGroup"}))

    person = Reference("Person", index=False)
    employer = models.TextField(null=True)
    religion = Reference("Religion", null=True, index=False)
    ethnicity = Reference("Ethnicity", null=True, index=False)
    job_position = models.TextField(null=True)
    blood_group = models.TextField(null=True)
    share_contact_details = models.BooleanField(null=True)
    preferred_contact_method = models.TextField(null=True)
    legacy_system_id = models.TextField(null=True, verbose_name="id in the previous system")
    is_key_worker = models.BooleanField(null=True)
    is_active_outgoing_sync = models.BooleanField(null=True)
    is_active_incoming_sync = models.BooleanField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "guardian"
        verbose_name_plural = "guardians"
        constraints = [*ImportedRecord.Meta.constraints, one_per_school("person_id", name="person")]
