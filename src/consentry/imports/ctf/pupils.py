"""One pupil element of a common transfer file as a row with all that belongs to it."""

import re
from datetime import date
from typing import Final

from consentry.imports.cells import Cells
from consentry.imports.ctf.attendance import read_marks_of
from consentry.imports.ctf.contacts import read_address, read_contacts, read_email, read_phones, read_sex
from consentry.imports.ctf.elements import Part
from consentry.imports.ctf.rows import CtfHeader, Language, Pupil, SenNeed, SenPeriod

SEN_PROVISIONS: Final = frozenset("NKEAPS")  # none, support, plan; and three of before 2015
ENROLMENT_STATUSES: Final = frozenset("CGFMSPL")

_ETHNICITY: Final = re.compile(r"[A-Z]{4}", re.ASCII)
_ETHNICITY_SOURCE: Final = re.compile(r"[A-Z]", re.ASCII)
_LANGUAGE: Final = re.compile(r"[A-Z]{3,4}", re.ASCII)
_NEED: Final = re.compile(r"[A-Z]{2,4}", re.ASCII)


def read_pupil(pupil: Part, header: CtfHeader, *, on: date) -> Pupil:
    """The row of a pupil; what is wrong is noted and reads as nothing."""
    said, basic = pupil.said, pupil.part("BasicDetails")
    more = basic.said if basic else Cells(said.line, {}, said.problems)
    upn = said.upn("UPN", required=True)
    entry, leaving = _enrolment(pupil, header)
    return Pupil(
        line=said.line,
        upn=upn,
        former_upn=more.upn("FormerUPN"),
        unique_learner_number=said.uln("UniqueLearnerNumber"),
        legal_first_name=said.text("Forename", required=True),
        legal_middle_names=more.text("MiddleNames"),
        legal_last_name=_surname(said),
        preferred_first_name=more.text("PreferredForename"),
        preferred_last_name=more.text("PreferredSurname"),
        former_last_name=more.text("FormerSurname"),
        date_of_birth=said.birth_day("DOB", on=on, required=True),
        sex=read_sex(said, required=True),
        ethnicity=more.form("Ethnicity", _ETHNICITY),
        ethnicity_source=more.form("EthnicitySource", _ETHNICITY_SOURCE),
        year_group=more.year_group("NCyearActual"),
        registration_form=more.text("RegGroup", longest=40),
        enrolment_status=more.choice("EnrolStatus", ENROLMENT_STATUSES),
        medical_flag=more.flag("MedicalFlag"),
        entry_date=entry,
        leaving_date=leaving,
        email=read_email(said),
        languages=_languages(basic, more),
        address=read_address(pupil),
        phones=read_phones(pupil),
        contacts=read_contacts(pupil),
        sen_periods=_sen_periods(pupil),
        sen_needs=_sen_needs(pupil),
        marks=read_marks_of(pupil, upn, header.laestab, on=on),
    )


def _surname(said: Cells) -> str:
    """The surname; "" for somebody who has none: the file says so by an empty one. Left out, it is missing."""
    return said.text("Surname", required="Surname" not in said.values)


def _languages(basic: Part | None, more: Cells) -> tuple[Language, ...]:
    types = [type_.said for type_ in basic.parts("Languages", "Type")] if basic else []
    found = [
        Language(said.line, said.text("LanguageType", longest=1), said.form("Language", _LANGUAGE)) for said in types
    ]
    first = more.form("FirstLanguage", _LANGUAGE)
    if first and not found:
        found.append(Language(more.line, "F", first))
    return tuple(language for language in found if language.code)


def _sen_periods(pupil: Part) -> tuple[SenPeriod, ...]:
    found = []
    for sen in pupil.parts("SENhistory", "SEN"):
        said = sen.said
        start, end = said.day("StartDate"), said.day("EndDate")
        said.in_order(start, end, "EndDate")
        provision = said.choice("SENprovision", SEN_PROVISIONS, required=True)
        found.append(SenPeriod(said.line, provision, start, end))
    return tuple(found)


def _sen_needs(pupil: Part) -> tuple[SenNeed, ...]:
    """The needs, which stand beside the history's periods, or straight in the pupil."""
    found = []
    for need in pupil.parts("SENhistory", "SENneeds", "SENneed") + pupil.parts("SENneeds", "SENneed"):
        said = need.said
        rank = said.number("SENneedRank" if "SENneedRank" in said.values else "SENtypeRank", most=99)
        kind = "SENtype" if "SENtype" in said.values else "SENneedType"
        found.append(SenNeed(said.line, said.form(kind, _NEED, required=True), rank))
    return tuple(found)


def _enrolment(pupil: Part, header: CtfHeader) -> tuple[date | None, date | None]:
    """When the pupil came and left: said by Admission, or by the school history's last line on the source school."""
    schools = [school.said for school in pupil.parts("SchoolHistory", "School")]
    at_source = [said for said in schools if said.raw("LEA") + said.raw("Estab").zfill(4) == header.laestab]
    said = next((admission.said for admission in pupil.parts("Admission")), at_source[-1] if at_source else None)
    if said is None:
        return None, None
    entry, leaving = said.day("EntryDate"), said.day("LeavingDate")
    said.in_order(entry, leaving, "LeavingDate")
    return entry, leaving
