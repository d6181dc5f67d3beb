"""The tables of the OneRoster 1.2 CSV binding that are read: their columns in order, and the order of reading.

Source: 1EdTech OneRoster 1.2 CSV binding, version 1.2.1. Columns called metadata.* may follow.
"""

from typing import Final

MANIFEST: Final = "manifest"
MANIFEST_COLUMNS: Final = ("propertyName", "value")

_FIRST: Final = "sourcedId,status,dateLastModified"
_COLUMNS: Final = {
    "orgs": "name,type,identifier,parentSourcedId",
    "academicSessions": "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "courses": "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,"
    "subjectCodes,periods",
    "users": "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
    "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns",
    "roles": "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "enrollments": "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "demographics": "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
    "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
    "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
}

# In this order a table refers only to tables before it, or to itself.
COLUMNS: Final = {name: tuple(f"{_FIRST},{columns}".split(",")) for name, columns in _COLUMNS.items()}
REQUIRED: Final = frozenset({"orgs", "users"})

# Tables that a file may hold and that are never opened: results and resources have no place among the records,
# and user profiles hold passwords.
IGNORED: Final = frozenset(
    {
        "categories",
        "classResources",
        "courseResources",
        "lineItemLearningObjectiveIds",
        "lineItems",
        "lineItemScoreScales",
        "resources",
        "resultLearningObjectiveIds",
        "results",
        "resultScoreScales",
        "scoreScales",
        "userProfiles",
        "userResources",
    }
)
