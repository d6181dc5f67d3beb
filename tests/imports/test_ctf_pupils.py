"""Common transfer files: what is taken from a pupil, and what is refused."""

import io
from datetime import date

import pytest

from consentry.imports.ctf.read import read_ctf
from consentry.imports.ctf.rows import Address, CtfHeader, Language, Phone, Pupil, SenNeed, SenPeriod
from consentry.imports.problems import Problems, Reason

TODAY = date(2025, 10, 1)
UPN = "R201100018042"

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
<Header>
<DocumentName>Common Transfer File</DocumentName>
<CTFversion>25.0</CTFversion>
<SourceSchool><LEA>860</LEA><Estab>4001</Estab><URN>123456</URN><SchoolName>Oakford High</SchoolName>
<AcademicYear>2025</AcademicYear></SourceSchool>
</Header>
<CTFpupilData>
"""
FOOTER = "\n</CTFpupilData></CTfile>"
IDENTITY = f"<UPN>{UPN}</UPN><Surname>Rees</Surname><Forename>Siân</Forename><DOB>2014-02-01</DOB><Sex>F</Sex>"


def pupil(*parts: str, identity: str = IDENTITY) -> str:
    return "\n".join([f"<Pupil>{identity}", *parts, "</Pupil>"])


def read(*pupils: str, header: str = HEADER) -> tuple[list[CtfHeader | Pupil], list[tuple[int, str, Reason]]]:
    problems = Problems()
    stream = io.BytesIO((header + "\n".join(pupils) + FOOTER).encode())
    rows = list(read_ctf(stream, on=TODAY, problems=problems))
    return rows, [(problem.line, problem.field, problem.reason) for problem in problems.kept]


def the_pupil(*parts: str) -> Pupil:
    rows, problems = read(pupil(*parts))
    assert problems == []
    found = rows[1]
    assert isinstance(found, Pupil)
    return found


def faults(*parts: str) -> list[tuple[str, Reason]]:
    return [(field, reason) for _, field, reason in read(pupil(*parts))[1]]


@pytest.mark.parametrize("version", ["24.0", "25.0"])
def test_the_header_says_who_wrote_the_file(version: str) -> None:
    rows, problems = read(header=HEADER.replace("25.0", version))
    assert rows == [CtfHeader(3, version, "8604001", "123456", "Oakford High", 2025)]
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("25.0", "23.0", (5, "CTFversion", Reason.VERSION)),
        ("<CTFversion>25.0</CTFversion>", "", (3, "CTFversion", Reason.MISSING)),
        ("<LEA>860</LEA>", "<LEA>86</LEA>", (6, "Estab", Reason.SCHOOL_NUMBER)),
        ("<LEA>860</LEA>", "<LEA>101</LEA>", (6, "Estab", Reason.SCHOOL_NUMBER)),
        ("123456", "12345", (6, "URN", Reason.SCHOOL_NUMBER)),
        ("<AcademicYear>2025", "<AcademicYear>this", (7, "AcademicYear", Reason.NOT_A_NUMBER)),
    ],
)
def test_a_bad_header_says_its_line(old: str, new: str, problem: tuple[int, str, Reason]) -> None:
    assert read(header=HEADER.replace(old, new))[1] == [problem]


def test_the_basic_details_of_a_pupil() -> None:
    found = the_pupil(
        "<UniqueLearnerNumber>9276308686</UniqueLearnerNumber>",
        "<BasicDetails><FormerUPN>H801200001001</FormerUPN><PreferredSurname>Rees</PreferredSurname>",
        "<PreferredForename>Sian</PreferredForename><FormerSurname>Pugh</FormerSurname>"
        "<MiddleNames>Mai  Ann</MiddleNames>",
        "<NCyearActual>Year 07</NCyearActual><RegGroup>7A</RegGroup><Ethnicity>WBRI</Ethnicity>",
        "<EthnicitySource>P</EthnicitySource><EnrolStatus>C</EnrolStatus><MedicalFlag>true</MedicalFlag>",
        "<Languages><Type><LanguageType>F</LanguageType><Language>CYM</Language></Type>",
        "<Type><LanguageType>H</LanguageType><Language>ENG</Language></Type></Languages></BasicDetails>",
        "<Email>sian@example.org</Email><SomethingNew><Of>2026</Of></SomethingNew>",
    )
    assert (found.line, found.upn, found.former_upn) == (10, UPN, "H801200001001")
    assert found.unique_learner_number == "9276308686"
    assert (found.legal_first_name, found.legal_middle_names, found.legal_last_name) == ("Siân", "Mai Ann", "Rees")
    assert (found.preferred_first_name, found.preferred_last_name, found.former_last_name) == ("Sian", "Rees", "Pugh")
    assert (found.date_of_birth, found.sex, found.year_group) == (date(2014, 2, 1), "F", "7")
    assert (found.registration_form, found.enrolment_status, found.medical_flag) == ("7A", "C", True)
    assert (found.ethnicity, found.ethnicity_source, found.email) == ("WBRI", "P", "sian@example.org")
    assert found.languages == (Language(16, "F", "CYM"), Language(17, "H", "ENG"))


def test_little_need_be_said_of_a_pupil() -> None:
    found = the_pupil()
    assert (found.year_group, found.address, found.contacts, found.medical_flag, found.marks) == (
        "",
        None,
        (),
        None,
        (),
    )
    assert the_pupil("<BasicDetails><FirstLanguage>POL</FirstLanguage></BasicDetails>").languages[0].code == "POL"


def test_sex_was_called_gender_before() -> None:
    rows, problems = read(pupil(identity=IDENTITY.replace("Sex>", "Gender>")))
    assert problems == []
    assert isinstance(rows[1], Pupil)
    assert rows[1].sex == "F"


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("<UniqueLearnerNumber>9276308687</UniqueLearnerNumber>", ("UniqueLearnerNumber", Reason.ULN_CHECK_DIGIT)),
        ("<UniqueLearnerNumber>927</UniqueLearnerNumber>", ("UniqueLearnerNumber", Reason.ULN_FORM)),
        ("<Surname>Other</Surname>", ("Surname", Reason.DUPLICATE)),
        ("<Email>no address</Email>", ("Email", Reason.BAD_FORM)),
        ("<BasicDetails><NCyearActual>15</NCyearActual></BasicDetails>", ("NCyearActual", Reason.YEAR_GROUP)),
        ("<BasicDetails><Ethnicity>white</Ethnicity></BasicDetails>", ("Ethnicity", Reason.BAD_FORM)),
        ("<BasicDetails><EnrolStatus>?</EnrolStatus></BasicDetails>", ("EnrolStatus", Reason.UNKNOWN_VALUE)),
        ("<BasicDetails><MedicalFlag>maybe</MedicalFlag></BasicDetails>", ("MedicalFlag", Reason.NOT_A_FLAG)),
        (f"<BasicDetails><MiddleNames>{'x' * 256}</MiddleNames></BasicDetails>", ("MiddleNames", Reason.TOO_LONG)),
        ("<BasicDetails><MiddleNames>A&#x92;B</MiddleNames></BasicDetails>", ("MiddleNames", Reason.CONTROL_CHARACTER)),
        ("<BasicDetails><RegGroup>A&#x202e;B</RegGroup></BasicDetails>", ("RegGroup", Reason.CONTROL_CHARACTER)),
        ("<SENhistory><SEN><SENprovision>Z</SENprovision></SEN></SENhistory>", ("SENprovision", Reason.UNKNOWN_VALUE)),
        ("<SENhistory><SENneeds><SENneed><SENneedRank>1</SENneedRank></SENneed></SENneeds></SENhistory>",
         ("SENneedType", Reason.MISSING)),
        ("<Address><PostCode>12345</PostCode></Address>", ("PostCode", Reason.BAD_FORM)),
        ("<Phones><Phone><TelephoneType>H</TelephoneType></Phone></Phones>", ("PhoneNo", Reason.MISSING)),
        ("<Phones><Phone><PhoneNo>call me</PhoneNo></Phone></Phones>", ("PhoneNo", Reason.BAD_FORM)),
        ("<Contacts><Contact><Forename>A</Forename></Contact></Contacts>", ("Surname", Reason.MISSING)),
        ("<Contacts><Contact><Surname>A</Surname><Order>i</Order></Contact></Contacts>",
         ("Order", Reason.NOT_A_NUMBER)),
        ("<Admission><EntryDate>2025-09-03</EntryDate><LeavingDate>2025-09-02</LeavingDate></Admission>",
         ("LeavingDate", Reason.ENDS_BEFORE_START)),
        ("<Admission><EntryDate>3 Sept</EntryDate></Admission>", ("EntryDate", Reason.DATE_FORM)),
    ],
)  # fmt: skip
def test_a_bad_value_says_its_field_and_reason(part: str, problem: tuple[str, Reason]) -> None:
    assert faults(part) == [problem]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (UPN, "A201100018042", ("UPN", Reason.UPN_CHECK_LETTER)),
        (f"<UPN>{UPN}</UPN>", "", ("UPN", Reason.MISSING)),
        ("2014-02-01", "2014-02-30", ("DOB", Reason.DATE_NOT_REAL)),
        ("2014-02-01", "2025-10-02", ("DOB", Reason.DATE_IN_FUTURE)),
        ("2014-02-01", "1974-02-01", ("DOB", Reason.DATE_TOO_EARLY)),
        ("<Sex>F</Sex>", "<Sex>Female</Sex>", ("Sex", Reason.UNKNOWN_VALUE)),
        ("<Sex>F</Sex>", "", ("Sex", Reason.MISSING)),
    ],
)
def test_a_pupil_must_be_known_for_sure(old: str, new: str, problem: tuple[str, Reason]) -> None:
    assert [found[1:] for found in read(pupil(identity=IDENTITY.replace(old, new)))[1]] == [problem]


def test_a_pupil_comes_once_in_a_file() -> None:
    assert read(pupil(), pupil())[1] == [(12, "UPN", Reason.DUPLICATE)]


def test_both_forms_of_an_address_end_alike() -> None:
    split = the_pupil(
        "<Address><BS7666Address><PAON>7</PAON><SAON>Flat 2</SAON><Street>Mill Lane</Street>"
        "<Locality>Lower End</Locality>",
        "<Town>Netherby</Town><PostTown>Oakford</PostTown><AdministrativeArea>Midshire</AdministrativeArea>",
        "<UniquePropertyReferenceNumber>100012345</UniquePropertyReferenceNumber></BS7666Address>",
        "<PostCode>zz99 1aa</PostCode><Country>United Kingdom</Country></Address>",
    ).address
    lines = ("Flat 2", "7 Mill Lane", "Lower End, Netherby")
    assert split == Address(11, *lines, "Oakford", "Midshire", "ZZ99 1AA", "100012345", "United Kingdom")
    plain = "<AddressLine1>7 Mill Lane</AddressLine1><AddressLine2>Netherby</AddressLine2>"
    plain += "<AddressLine4>Far</AddressLine4>"
    wrapped = the_pupil(f"<Address><AddressLines>{plain}</AddressLines><PostCode>ZZ991AA</PostCode></Address>").address
    assert wrapped == Address(11, "7 Mill Lane", "Netherby", "Far", "", "", "ZZ99 1AA", "", "")
    assert the_pupil(f"<Address>{plain}<PostCode>ZZ991AA</PostCode></Address>").address == wrapped
    bare = the_pupil(
        "<Address><PAON>7</PAON><Street>Mill Lane</Street><Town>Netherby</Town><Zip>1010</Zip></Address>"
    ).address
    assert bare == Address(11, "7 Mill Lane", "", "", "Netherby", "", "1010", "", "")


def test_contacts_come_with_their_telephones() -> None:
    found = the_pupil(
        "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960001</PhoneNo></Phone></Phones>",
        "<Contacts><Contact><Order>1</Order><Title>Ms</Title><Surname>Rees</Surname><Forename>Ann</Forename><Sex>F</Sex>",
        "<Relationship>PAM</Relationship><Responsibility>Y</Responsibility><AddressAsPupil>true</AddressAsPupil>",
        "<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>+44 7700 900001 ext 2</PhoneNo></Phone></Phones>",
        "<Email>ann@example.org</Email></Contact>",
        "<Contact><Surname>Pugh</Surname><Priority>2</Priority><ParentalResponsibility>0</ParentalResponsibility>",
        "<Address><AddressLine1>1 High St</AddressLine1></Address></Contact></Contacts>",
    )
    assert found.phones == (Phone(11, "H", "01632 960001"),)
    first, second = found.contacts
    assert (first.order, first.title, first.relationship, first.has_responsibility) == (1, "Ms", "PAM", True)
    assert (first.lives_with_pupil, first.address, first.email) == (True, None, "ann@example.org")
    assert first.phones == (Phone(14, "M", "+44 7700 900001 ext 2"),)
    assert (second.order, second.has_responsibility, second.lives_with_pupil) == (2, False, False)
    assert second.address is not None


def test_needs_stand_in_the_history_or_in_the_pupil() -> None:
    found = the_pupil(
        "<SENhistory><SEN><StartDate>2021-09-03</StartDate><EndDate>2022-07-20</EndDate><SENprovision>K</SENprovision></SEN>",
        "<SEN><SENprovision>E</SENprovision></SEN>",
        "<SENneeds><SENneed><SENneedRank>1</SENneedRank><SENneedType>ASD</SENneedType></SENneed></SENneeds></SENhistory>",
        "<SENneeds><SENneed><SENtypeRank>2</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds>",
    )
    assert found.sen_periods == (
        SenPeriod(11, "K", date(2021, 9, 3), date(2022, 7, 20)),
        SenPeriod(12, "E", None, None),
    )
    assert found.sen_needs == (SenNeed(13, "ASD", 1), SenNeed(14, "SLCN", 2))


def test_the_time_at_the_source_school_is_taken_from_the_history() -> None:
    stay = "<EntryDate>2024-09-03</EntryDate><LeavingDate>2025-07-22</LeavingDate>"
    there = f"<School><LEA>860</LEA><Estab>4001</Estab>{stay}</School>"
    before = "<School><LEA>860</LEA><Estab>2001</Estab><EntryDate>2018-09-03</EntryDate></School>"
    found = the_pupil(f"<SchoolHistory>{before}{there}</SchoolHistory>")
    assert (found.entry_date, found.leaving_date) == (date(2024, 9, 3), date(2025, 7, 22))
    assert the_pupil(f"<SchoolHistory>{before}</SchoolHistory>").entry_date is None
    said = "<Admission><EntryDate>2025-01-06</EntryDate></Admission>"
    assert the_pupil(said, f"<SchoolHistory>{there}</SchoolHistory>").entry_date == date(2025, 1, 6)


def attended(start: str, marks: str) -> str:
    sessions = f"<AttendanceStartDate>{start}</AttendanceStartDate><AttendanceMarks>{marks}</AttendanceMarks>"
    return f"<Attendance><YearData><Year>2025</Year><AttendSessions>{sessions}</AttendSessions></YearData></Attendance>"


def test_marks_are_two_a_calendar_day_from_the_start() -> None:
    found = the_pupil(attended("2025-09-04", "/,\\,C1,U,#,#,,-,Y4,#"))
    assert [(mark.date.day, mark.session, mark.code) for mark in found.marks] == [
        (4, "AM", "/"),
        (4, "PM", "\\"),
        (5, "AM", "C1"),
        (5, "PM", "U"),
        (8, "AM", "Y4"),
        (8, "PM", "#"),
    ]
    assert {(mark.line, mark.upn, mark.minutes_late) for mark in found.marks} == {(11, UPN, None)}


@pytest.mark.parametrize(
    ("start", "marks", "problem"),
    [
        ("2025-09-05", "/,\\,/,", ("AttendanceMarks", Reason.CODE_AT_WEEKEND)),
        ("2025-09-04", "\\", ("AttendanceMarks", Reason.CODE_AFTERNOON_ONLY)),
        ("2025-09-04", "/,/", ("AttendanceMarks", Reason.CODE_MORNING_ONLY)),
        ("2025-09-04", "Y", ("AttendanceMarks", Reason.CODE_NOT_IN_FORCE)),
        ("2025-09-04", "/\\/\\", ("AttendanceMarks", Reason.CODE_UNKNOWN)),
        ("2025-10-01", "/,\\,/", ("AttendanceMarks", Reason.DATE_IN_FUTURE)),
        ("2025-10-01", "," * 100, ("AttendanceMarks", Reason.TOO_LONG)),
        ("2025-10-02", "/", ("AttendanceStartDate", Reason.DATE_IN_FUTURE)),
        ("", "/", ("AttendanceStartDate", Reason.MISSING)),
    ],
)
def test_a_bad_list_of_marks(start: str, marks: str, problem: tuple[str, Reason]) -> None:
    assert faults(attended(start, marks)) == [problem]


def test_a_session_is_marked_once_over_all_lists() -> None:
    assert faults(attended("2025-09-04", "/"), attended("2025-09-04", "I")) == []  # a second Attendance is not read
    twice = attended("2025-09-04", "/").replace("</YearData>", "</YearData>" + attended("2025-09-04", "I")[12:-13])
    assert faults(twice) == [("AttendanceMarks", Reason.DUPLICATE)]
