"""One pupil element of a common transfer file as a row with all that belongs to it."""

import re
from datetime import date
from typing import Final

from lxml.etree import _Element

from consentry.imports.cells import Cells
from consentry.imports.ctf.attendance import read_marks_of
from consentry.imports.ctf.contacts import read_address, read_contacts, read_email, read_phones, read_sex
from consentry.imports.ctf.elements import cells, child, children
from consentry.imports.ctf.rows import CtfHeader, Language, Pupil, SenNeed, SenPeriod
from consentry.imports.problems import Problems

SEN_PROVISIONS: Final = frozenset("NKEAPS")  # none, support, plan; and three of before 2015
ENROLMENT_STATUSES: Final = frozenset("CGFMSPL")

_ETHNICITY: Final = re.compile(r"[A-Z]{4}", re.ASCII)
_ETHNICITY_SOURCE: Final = re.compile(r"[A-Z]", re.ASCII)
_LANGUAGE: Final = re.compile(r"[A-Z]{3,4}", re.ASCII)
_NEED: Final = re.compile(r"[A-Z]{2,4}", re.ASCII)


def read_pupil(element: _Element, header: CtfHeader, *, on: date, problems: Problems) -> Pupil:
    """The pupil of `element`; what is wrong is noted and reads as nothing."""
    said = cells(element, problems)
    basic = child(element, "BasicDetails")
    more = cells(basic, problems)
    upn = said.upn("UPN", required=True)
    entry, leaving = _enrolment(element, header, problems)
    return Pupil(
        line=said.line,
        upn=upn,
        former_upn=more.upn("FormerUPN"),
        unique_learner_number=said.uln("UniqueLearnerNumber"),
        legal_first_name=said.text("Forename", required=True),
        legal_middle_names=more.text("MiddleNames"),
        legal_last_name=said.text("Surname", required=True),
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
        languages=_languages(basic, more, problems),
        address=read_address(element, problems),
        phones=read_phones(element, problems),
        contacts=read_contacts(element, problems),
        sen_periods=_sen_periods(element, problems),
        sen_needs=_sen_needs(element, problems),
        marks=read_marks_of(element, upn, on=on, problems=problems),
    )


def _languages(basic: _Element | None, more: Cells, problems: Problems) -> tuple[Language, ...]:
    found = []
    for type_ in children(child(basic, "Languages"), "Type"):
        said = cells(type_, problems)
        found.append(Language(said.line, said.text("LanguageType", longest=1), said.form("Language", _LANGUAGE)))
    first = more.form("FirstLanguage", _LANGUAGE)
    if first and not found:
        found.append(Language(more.line, "F", first))
    return tuple(language for language in found if language.code)


def _sen_periods(element: _Element, problems: Problems) -> tuple[SenPeriod, ...]:
    found = []
    for sen in children(child(element, "SENhistory"), "SEN"):
        said = cells(sen, problems)
        start, end = said.day("StartDate"), said.day("EndDate")
        said.in_order(start, end, "EndDate")
        provision = said.choice("SENprovision", SEN_PROVISIONS, required=True)
        found.append(SenPeriod(said.line, provision, start, end))
    return tuple(found)


def _sen_needs(element: _Element, problems: Problems) -> tuple[SenNeed, ...]:
    """The needs, which stand beside the history's periods, or straight in the pupil."""
    history = child(element, "SENhistory")
    holder = child(history, "SENneeds")
    found = []
    for need in children(holder if holder is not None else child(element, "SENneeds"), "SENneed"):
        said = cells(need, problems)
        rank = said.number("SENneedRank" if "SENneedRank" in said.values else "SENtypeRank", most=99)
        kind = "SENneedType" if "SENneedType" in said.values else "SENtype"
        found.append(SenNeed(said.line, said.form(kind, _NEED, required=True), rank))
    return tuple(found)


def _enrolment(element: _Element, header: CtfHeader, problems: Problems) -> tuple[date | None, date | None]:
    """When the pupil came and left: said by Admission, or by the school history's last line on the source school."""
    admission = child(element, "Admission")
    holders = [admission] if admission is not None else _at_source(element, header, problems)
    if not holders:
        return None, None
    said = cells(holders[-1], problems)
    entry, leaving = said.day("EntryDate"), said.day("LeavingDate")
    said.in_order(entry, leaving, "LeavingDate")
    return entry, leaving


def _at_source(element: _Element, header: CtfHeader, problems: Problems) -> list[_Element]:
    schools = children(child(element, "SchoolHistory"), "School")
    return [school for school in schools if _number(cells(school, problems)) == header.laestab]


def _number(said: Cells) -> str:
    return said.raw("LEA") + said.raw("Estab").zfill(4)
