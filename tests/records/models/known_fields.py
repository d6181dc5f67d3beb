"""The fields of each data type as the apps of the field know them.

Marks: `→X` a reference to X, `→*` to any type, `→[X]` a list of X, (d) a date or time, (b) yes or no, (n) a number;
else text. Of a code list the columns that all code lists have stand first.
"""

FIELDS = {
    "Person": """
        gender→Gender, genderIdentity→GenderIdentity, genderIdentityPreferredTerm, title→Title,
        maritalStatus→MaritalStatus, legalFirstName, legalMiddleNames, legalLastName, preferredFirstName,
        preferredLastName, dateOfBirth (d), countryOfBirth→Country, deceased (b), dateOfDeath (d)
    """,
    "Student": """
        person→Person, religion→Religion, ethnicity→Ethnicity, bloodGroup, pregnancyLength, birthDelivery,
        handedness, studentNumber, legacySystemId, minimumDataRetentionDate (d),
        suspendCalendarEntryMappings (b), isActiveOutgoingSync (b), isActiveIncomingSync (b),
        uniqueLearnerNumber (n), homeLocalAuthority→LocalAuthority, youthSupportServicesAgreement,
        hoursAtSetting, fundedHours, ethnicitySource, nhsNumber, ucasPersonalIdentifier, extendedHours,
        thirtyHourCode, expandedHours, gcseEnglishGrade, gcseEnglishGradePrior,
        gcseEnglishAchievementType→UkDfe_GcseEnglishAchievementType,
        gcseEnglishFundingExemptionType→UkDfe_GcseEnglishFundingExemptionType, gcseEnglishMinimumHours,
        gcseMathsGrade, gcseMathsGradePrior, gcseMathsAchievementType→UkDfe_GcseMathsAchievementType,
        gcseMathsFundingExemptionType→UkDfe_GcseMathsFundingExemptionType, gcseMathsMinimumHours,
        tLevelPlannedEepHours (n)
    """,
    "Staff": """
        person→Person, ethnicity→Ethnicity, religion→Religion, bloodGroup, staffNumber,
        continuousServiceStartDate (d), zendeskUser, timetableAbbreviation, legacySystemId,
        externalPersonId, disabilityStatus→DisabilityStatus, includeInCover (b),
        eligibleForSchoolWorkforceReturn (b), qualifiedTeacherStatus (b),
        qualifiedTeacherLearningAndSkillsStatus (b), earlyYearsTeacherStatus (b),
        qualifiedTeacherRoute→UkDfe_QualifiedTeacherRoute, hltaStatus (b), newlyQualifiedTeacherDate (d),
        sltStatusForSwc
    """,
    "Guardian": """
        person→Person, employer, religion→Religion, ethnicity→Ethnicity, jobPosition, bloodGroup,
        shareContactDetails (b), preferredContactMethod, legacySystemId, isKeyWorker (b),
        isActiveOutgoingSync (b), isActiveIncomingSync (b)
    """,
    "StudentGuardianRelationship": """
        student→Student, guardian→Guardian, guardianRelationshipType→GuardianRelationshipType,
        isLegalGuardian (b), isPrimaryGuardian (b), isAuthorizedToCollect (b), emergencyContactPriority,
        unsubscribedFromComms (b), guardianUserAuthorized (b), accessNotes
    """,
    "GuardianRelationshipType": """
        code, active (b), dataOrder (n), relationshipName, shortName, isMale (b), isFemale (b), isSibling
        (b), exportCode, d00033, d00034, ctfExportCode
    """,
    "EmailAddress": """
        emailAddressOwner→*, emailAddressType, emailAddress, dataOrder (n), role (b), free (b), disposable
        (b)
    """,
    "TelephoneNumber": """
        numberOwner→*, telephoneNumberType, number, extensionNumber, notes, telephoneNumberRanking (n)
    """,
    "PostalAddress": """
        address1, address2, address3, postalTown, postalState, postalCode, uniquePropertyReferenceNumber,
        country→Country, lat (n), lng (n), geocodeType
    """,
    "PostalAddressOccupancy": """
        postalAddress→PostalAddress, occupant→*, effectiveDate (d), endDate (d), postalAddressType,
        isCorrespondenceAddress (b)
    """,
    "Gender": "code, active (b), dataOrder (n), shortName, longName",
    "Title": "code, active (b), dataOrder (n), title, isMale (b), isFemale (b)",
    "Ethnicity": """
        code, active (b), dataOrder (n), ethnicityName, ethnicityCategory→EthnicityCategory,
        appliesToStudents (b), appliesToStaff (b), notes, exportCode, dfesMainCode, d00005, onsCode, d00250
    """,
    "Religion": "code, active (b), dataOrder (n), label, d00009, d00195",
    "Language": """
        code, active (b), dataOrder (n), label, iso6391Alpha2, iso6392Alpha3, iso6392Alpha3Terminology,
        parentCode, d00011Alpha3, d00011Alpha4
    """,
    "LanguageAbility": """
        person→*, language→Language, isFirstLanguage (b), isNativeLanguage (b), speaksLanguage (b),
        understandsLanguage (b), isSpokenAtHome (b), languageProficiency, notes
    """,
    "Country": """
        code, active (b), dataOrder (n), shortName, longName, iso31661Alpha2, iso31661Alpha3,
        iso31661Numeric, note, appliesToPostalAddress (b)
    """,
    "EducationalInstitution": """
        educationalInstitutionName, shortName, openingDate (d), closingDate (d), arborIdentifier, website,
        previousEducationalInstitution→EducationalInstitution, localAuthority→LocalAuthority,
        establishmentNumber, censusSchoolPhase→UkDfe_CensusSchoolPhase, schoolType→UkDfe_SchoolType,
        schoolGender, governanceType→UkDfe_SchoolGovernanceType, intakeType→UkDfe_SchoolIntakeType, urn,
        ukprn, hasChildMotherProvision (b), hasChildcarePlaces (b), specialSchoolAccommodation,
        specialSchoolMaxDayPupils (n), specialSchoolMaxBoarders (n), specialSchoolMinMaleAge (n),
        specialSchoolMaxMaleAge (n), specialSchoolMinFemaleAge (n), specialSchoolMaxFemaleAge (n),
        specialSchoolSenProvisions, censusSchoolOpeningDate (d), weeklyHoursOpen
    """,
    "EducationalInstitutionEnrolment": """
        student→Student, entryDate (d), leavingDate (d), unenrolmentReason→UnenrolmentReason
    """,
    "Site": "siteName, shortName, siteDisplayOrder (n)",
    "Room": """
        site→Site, roomName, shortName, studentCapacity (n), isInvigilationRoom (b), invigilationCapacity
        (n)
    """,
    "AcademicYear": "academicYearName, code, startDate (d), endDate (d), timetableCycleLength (n)",
    "AcademicYearEnrolment": """
        academicYear→AcademicYear, student→Student, startDate (d), endDate (d),
        unenrolmentReason→UnenrolmentReason, enrolmentNotes, plannedLearningHours (n), plannedEepHours (n),
        tLevelPlannedLearningHours (n)
    """,
    "CurriculumGrade": """
        code, active (b), dataOrder (n), curriculumGradeName, curriculumTier→CurriculumTier,
        academicYearIndex (n), minimumAgeAtStart (n), maximumAgeAtStart (n), exportCode, d00020, d00020Order
        (n)
    """,
    "AcademicLevel": """
        academicLevelName, shortName, curriculumGrade→CurriculumGrade, academicYear→AcademicYear,
        promotedToAcademicLevel→AcademicLevel, promotedDatetime (d), copiedToAcademicLevel→AcademicLevel,
        displayOrder (n), targetEnrolment (n), tutorMemberships→[AcademicLevelTutor]
    """,
    "AcademicLevelMembership": "academicLevel→AcademicLevel, student→Student, startDate (d), endDate (d)",
    "AcademicLevelTutor": "academicLevel→AcademicLevel, staff→Staff, startDate (d), endDate (d)",
    "RegistrationForm": """
        code, registrationFormName, shortName, room→Room, academicYear→AcademicYear,
        promotedToRegistrationForm→RegistrationForm, promotedDatetime (d),
        copiedToRegistrationForm→RegistrationForm, displayOrder (n), targetEnrolment (n),
        tutors→[RegistrationFormTutor], studentMemberships→[RegistrationFormMembership]
    """,
    "RegistrationFormMembership": "registrationForm→RegistrationForm, student→Student, startDate (d), endDate (d)",
    "RegistrationFormTutor": "registrationForm→RegistrationForm, staff→Staff, startDate (d), endDate (d)",
    "House": "houseName, shortName, academicYear→AcademicYear, displayOrder (n), copiedToHouse→House",
    "HouseMembership": """
        house→House, student→Student, startDate (d), endDate (d),
        houseAutomaticEnrolment→HouseAutomaticEnrolment, enrolmentDependency→RegistrationFormMembership
    """,
    "HouseTutor": "house→House, staff→Staff, startDate (d), endDate (d)",
    "Subject": """
        code, active (b), dataOrder (n), subjectName, parentSubject→Subject, exportCode, usedInSwfOnly (b),
        usedInCbdsOnly (b), d00115, d00220
    """,
    "AcademicUnit": """
        uniqueIdentifier, parentAcademicUnit→AcademicUnit,
        academicProgrammeInstance→AcademicProgrammeInstance, academicUnitName, longName, longNameFormat,
        shortName, shortNameFormat, academicUnitCode, academicYear→AcademicYear,
        promotedToAcademicUnit→AcademicUnit, promotedDatetime (d), copiedToAcademicUnit→AcademicUnit,
        effectiveDate (d), endDate (d), faculty→Faculty, selfServiceEnrolment (b), maximumEnrolments (n),
        targetEnrolments (n), subject→Subject, academicLevel→AcademicLevel,
        registrationForm→RegistrationForm, isMainAssessableUnit (b), displayOrder (n),
        attendanceRegisterType→AttendanceRegisterType, promotedEnrolmentStartDate (d),
        promotedEnrolmentEndDate (d), academicUnitCurriculums→[AcademicUnitCurriculum],
        timetableSlots→[TimetableSlot]
    """,
    "AcademicUnitEnrolment": """
        academicUnit→AcademicUnit, student→Student, startDate (d), endDate (d), enrolmentStatus,
        repeatEnrolment (b), academicUnitAutomaticEnrolment→AcademicUnitAutomaticEnrolment,
        enrolmentDependency→*, studentAttendancePatternDependency→StudentAttendancePattern
    """,
    "AcademicUnitLead": "academicUnit→AcademicUnit, staff→Staff, startDate (d), endDate (d)",
    "AttendanceMark": """
        code, active (b), dataOrder (n), attendanceMark, markIndex (n), markDescription,
        markShortDescription, isLegalPresent (b), isLegalApprovedEducationalActivity (b), isLegalNotRequired
        (b), isLegalAbsent (b), isStatisticalPresent (b), isStatisticalAuthorizedAbsent (b),
        isStatisticalUnauthorizedAbsent (b), isStatisticalApprovedEducationalActivity (b),
        isStatisticalPossibleAttendance (b), isDefaultPresent (b), isDefaultLate (b),
        isDefaultLateAfterRegisterClosed (b), isDefaultAbsent (b), isPhysicalPresent (b), isPhysicalLate
        (b), isPhysicalAbsent (b), isPhysicalNotRequired (b), isPresumedAbsent (b), isExcluded (b),
        showInRegister (b)
    """,
    "AttendanceRollCall": """
        code, active (b), dataOrder (n), name, shortName, autoFillClass,
        attendanceRegisterType→AttendanceRegisterType
    """,
    "AttendanceRollCallRecord": """
        attendanceRollCall→AttendanceRollCall, recordDate (d), student→Student,
        attendanceMark→AttendanceMark, minutesLate (n), sourceAttendanceRecord→AttendanceRecord,
        validationError, source
    """,
    "SenStatus": """
        code, active (b), dataOrder (n), senStatusName, description, countsAsSenStatus (b), exportCode,
        d00229
    """,
    "SenStatusAssignment": "senStatus→SenStatus, student→Student, startDate (d), endDate (d)",
    "MedicalCondition": """
        person→*, medicalConditionType→MedicalConditionType, medicalConditionName, startDate (d), endDate
        (d), severity, symptoms, treatment
    """,
    "MedicalConditionType": "code, active (b), dataOrder (n), medicalConditionType, isAllergy (b)",
    "UkDfe_UpnAssignment": """
        student→Student, issuedYear (n), issuedLocalAuthority, issuedEstablishmentNumber, issuedSerialNumber
        (n), upn, startDatetime (d), endDatetime (d), isTemporary (b)
    """,
    "Tag": "tagName, tagIdentifier",
    "Tagging": "tag→Tag, taggedObject→*, startDate (d), endDate (d), link1→*, link2→*",
    "StaffContract": """
        staff→Staff, staffEmploymentType→StaffEmploymentType, contractName, contractReference, issuedDate
        (d), startDate (d), expectedEndDate (d), endDate (d), payrollNumber, staffOrigin→StaffOrigin,
        staffDestination→StaffDestination, staffLeavingReason→StaffLeavingReason,
        superannuationScheme→SuperannuationScheme, lastPayReviewDate (d)
    """,
}
