"""Fields that partner apps know and that are not here, because they refer to a data type that is not here."""

from typing import Final

LEFT_OUT: Final[dict[str, tuple[str, ...]]] = {
    "Person": ("genderIdentity", "maritalStatus"),
    "Student": (
        "homeLocalAuthority",
        "gcseEnglishAchievementType",
        "gcseEnglishFundingExemptionType",
        "gcseMathsAchievementType",
        "gcseMathsFundingExemptionType",
    ),
    "Staff": ("disabilityStatus", "qualifiedTeacherRoute"),
    "Ethnicity": ("ethnicityCategory",),
    "EducationalInstitution": ("localAuthority", "censusSchoolPhase", "schoolType", "governanceType", "intakeType"),
    "EducationalInstitutionEnrolment": ("unenrolmentReason",),
    "AcademicYearEnrolment": ("unenrolmentReason",),
    "CurriculumGrade": ("curriculumTier",),
    "HouseMembership": ("houseAutomaticEnrolment",),
    "AcademicUnit": (
        "academicProgrammeInstance",
        "faculty",
        "attendanceRegisterType",
        "academicUnitCurriculums",
        "timetableSlots",
    ),
    "AcademicUnitEnrolment": ("academicUnitAutomaticEnrolment", "studentAttendancePatternDependency"),
    "AttendanceRollCall": ("attendanceRegisterType",),
    "AttendanceRollCallRecord": ("sourceAttendanceRecord",),
    "StaffContract": (
        "staffEmploymentType",
        "staffOrigin",
        "staffDestination",
        "staffLeavingReason",
        "superannuationScheme",
    ),
}
"""Data type → names of its fields that are left out."""
