"""The models of all data types."""

from consentry.records.models.attendance import AttendanceMark, AttendanceRollCall, AttendanceRollCallRecord
from consentry.records.models.code_lists import Country, Ethnicity, Gender, Language, LanguageAbility, Religion, Title
from consentry.records.models.contacts import EmailAddress, PostalAddress, PostalAddressOccupancy, TelephoneNumber
from consentry.records.models.former import FormerRecord, Match, Wipe
from consentry.records.models.identifiers import UpnAssignment
from consentry.records.models.inclusion import MedicalCondition, MedicalConditionType, SenStatus, SenStatusAssignment
from consentry.records.models.institution import (
    EducationalInstitution,
    EducationalInstitutionEnrolment,
    Room,
    SchoolPlace,
)
from consentry.records.models.levels import AcademicLevel, AcademicLevelMembership, AcademicLevelTutor, CurriculumGrade
from consentry.records.models.mark_history import MarkChange
from consentry.records.models.pastoral import (
    House,
    HouseMembership,
    HouseTutor,
    RegistrationForm,
    RegistrationFormMembership,
    RegistrationFormTutor,
)
from consentry.records.models.people import Guardian, Person, Staff, Student
from consentry.records.models.register import RecordChange, RegisterEntry, Revision, RevisionCounter
from consentry.records.models.relationships import GuardianRelationshipType, StudentGuardianRelationship
from consentry.records.models.staffing import StaffContract
from consentry.records.models.tags import Tag, Tagging, UserTag
from consentry.records.models.teaching import AcademicUnit, AcademicUnitEnrolment, AcademicUnitLead, Subject
from consentry.records.models.years import AcademicYear, AcademicYearEnrolment

__all__ = [
    "AcademicLevel",
    "AcademicLevelMembership",
    "AcademicLevelTutor",
    "AcademicUnit",
    "AcademicUnitEnrolment",
    "AcademicUnitLead",
    "AcademicYear",
    "AcademicYearEnrolment",
    "AttendanceMark",
    "AttendanceRollCall",
    "AttendanceRollCallRecord",
    "Country",
    "CurriculumGrade",
    "EducationalInstitution",
    "EducationalInstitutionEnrolment",
    "EmailAddress",
    "Ethnicity",
    "FormerRecord",
    "Gender",
    "Guardian",
    "GuardianRelationshipType",
    "House",
    "HouseMembership",
    "HouseTutor",
    "Language",
    "LanguageAbility",
    "MarkChange",
    "Match",
    "MedicalCondition",
    "MedicalConditionType",
    "Person",
    "PostalAddress",
    "PostalAddressOccupancy",
    "RecordChange",
    "RegisterEntry",
    "RegistrationForm",
    "RegistrationFormMembership",
    "RegistrationFormTutor",
    "Religion",
    "Revision",
    "RevisionCounter",
    "Room",
    "SchoolPlace",
    "SenStatus",
    "SenStatusAssignment",
    "Staff",
    "StaffContract",
    "Student",
    "StudentGuardianRelationship",
    "Subject",
    "Tag",
    "Tagging",
    "TelephoneNumber",
    "Title",
    "UpnAssignment",
    "UserTag",
    "Wipe",
]
