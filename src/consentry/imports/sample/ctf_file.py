"""Writes the pupils of an invented school as a common transfer file, version 25.0."""

import io
from datetime import date, timedelta
from typing import Final

from lxml import etree
from lxml.etree import SubElement, _Element

from consentry.imports.sample.marks_file import days_of_marks
from consentry.imports.sample.people import SampleContact, SampleHousehold, SamplePupil
from consentry.imports.sample.plan import SchoolPlan

_VERSION: Final = "25.0"


def write_ctf(
    seed: int, plan: SchoolPlan, pupils: tuple[SamplePupil, ...], attendance: tuple[date, date] | None
) -> bytes:
    """The file as bytes; `attendance` is the first and the last day of marks to put in, or None."""
    marks = _marks(seed, pupils, *attendance) if attendance else {}
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("CTfile"):
            file.write(_header(plan), "\n")
            with file.element("CTFpupilData"):
                for pupil in pupils:
                    element = _pupil(plan, pupil)
                    if attendance:
                        _attendance(element, plan, attendance[0], marks[pupil.number])
                    etree.indent(element)
                    file.write("\n", element)
    return out.getvalue()


def _add(parent: _Element, **texts: str) -> _Element:
    """Children with these texts; what is empty is left out, as the format wants."""
    for name, text in texts.items():
        if text:
            SubElement(parent, name).text = text
    return parent


def _header(plan: SchoolPlan) -> _Element:
    header = _add(
        etree.Element("Header"),
        DocumentName="Common Transfer File",
        CTFversion=_VERSION,
        DateTime=f"{plan.school_year}-09-01T08:00:00",
        DocumentQualifier="full",
        SupplierID="Consentry sample",
    )
    numbers = {"LEA": plan.laestab[:3], "Estab": plan.laestab[3:], "URN": plan.urn}
    _add(SubElement(header, "SourceSchool"), **numbers, SchoolName=plan.name, AcademicYear=str(plan.school_year))
    etree.indent(header)
    return header


def _pupil(plan: SchoolPlan, pupil: SamplePupil) -> _Element:
    element = _add(
        etree.Element("Pupil"),
        UPN=pupil.upn,
        Forename=pupil.first_name,
        DOB=pupil.date_of_birth.isoformat(),
        Sex=pupil.sex,
    )
    SubElement(element, "Surname").text = pupil.last_name  # there, and empty, for somebody who has none
    basic = _add(
        SubElement(element, "BasicDetails"),
        FormerUPN=pupil.former_upn,
        PreferredSurname=pupil.preferred_last_name or pupil.last_name,
        PreferredForename=pupil.preferred_first_name,
        FormerSurname=pupil.former_last_name,
        MiddleNames=pupil.middle_names,
        NCyearActual=pupil.year_group,
        RegGroup=pupil.form,
        Ethnicity=pupil.ethnicity,
        EthnicitySource="P",
    )
    _add(SubElement(SubElement(basic, "Languages"), "Type"), LanguageType="F", Language=pupil.language)
    _add(basic, EnrolStatus=pupil.enrolment_status)
    _sen(element, pupil)
    _address(element, pupil.household)
    contacts = SubElement(element, "Contacts")
    for order, contact in enumerate(pupil.household.contacts, start=1):
        _contact(SubElement(contacts, "Contact"), order, contact)
    school = SubElement(SubElement(element, "SchoolHistory"), "School")
    numbers = {"LEA": plan.laestab[:3], "Estab": plan.laestab[3:]}
    _add(school, **numbers, SchoolName=plan.name, EntryDate=pupil.entry_date.isoformat())
    _add(school, LeavingDate=pupil.leaving_date.isoformat() if pupil.leaving_date else "")
    return element


def _sen(element: _Element, pupil: SamplePupil) -> None:
    history = SubElement(element, "SENhistory")
    start = pupil.entry_date.isoformat()
    _add(SubElement(history, "SEN"), StartDate=start, SENprovision=pupil.sen_provision)
    if pupil.sen_needs:
        needs = SubElement(history, "SENneeds")
        for rank, need in enumerate(pupil.sen_needs, start=1):
            _add(SubElement(needs, "SENneed"), SENneedRank=str(rank), SENneedType=need)


def _address(element: _Element, household: SampleHousehold) -> None:
    address = SubElement(element, "Address")
    split = SubElement(address, "BS7666Address")
    _add(split, PAON=household.house, Street=household.street, Town=household.town, PostTown=household.town)
    _add(address, PostCode=household.postcode, Country="United Kingdom")
    phone = SubElement(SubElement(element, "Phones"), "Phone")
    _add(phone, TelephoneType="H", PhoneNo=household.telephone)


def _contact(element: _Element, order: int, contact: SampleContact) -> None:
    _add(
        element,
        Order=str(order),
        Title=contact.title,
        Surname=contact.last_name,
        Forename=contact.first_name,
        Sex=contact.sex,
        Relationship=contact.relationship,
        Responsibility="true" if contact.has_responsibility else "false",
        AddressAsPupil="true",
    )
    _add(SubElement(SubElement(element, "Phones"), "Phone"), TelephoneType="M", PhoneNo=contact.mobile)
    _add(element, Email=contact.email)


def _marks(seed: int, pupils: tuple[SamplePupil, ...], start: date, end: date) -> dict[int, list[str]]:
    """The codes of each pupil, two for every calendar day from `start`; "" where the school is closed."""
    length = 2 * ((end - start).days + 1)
    found: dict[int, list[str]] = {pupil.number: [""] * length for pupil in pupils}
    for day, marks in days_of_marks(seed, pupils, start, end):
        at = 2 * (day - start) // timedelta(days=1)
        for pupil, (morning, afternoon, _) in zip(pupils, marks, strict=True):
            if not pupil.is_here(day):
                continue
            found[pupil.number][at : at + 2] = morning, afternoon
    return found


def _attendance(element: _Element, plan: SchoolPlan, start: date, codes: list[str]) -> None:
    year = SubElement(SubElement(element, "Attendance"), "YearData")
    numbers = {"LEA": plan.laestab[:3], "Estab": plan.laestab[3:]}
    _add(year, Year=str(plan.school_year), **numbers, SchoolName=plan.name)
    sessions = SubElement(year, "AttendSessions")
    _add(sessions, AttendanceStartDate=start.isoformat(), AttendanceMarks=",".join(codes))
