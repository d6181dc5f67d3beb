"""Writes an invented school as a OneRoster 1.2 bulk zip: staff, courses, classes and who is in them."""

import csv
import io
import zipfile
from collections.abc import Iterable
from typing import Final

from consentry.imports.oneroster.tables import COLUMNS, IGNORED, MANIFEST_COLUMNS
from consentry.imports.sample.calendar import terms
from consentry.imports.sample.people import SamplePupil, SampleTeacher
from consentry.imports.sample.plan import SchoolPlan

Line = dict[str, str]
_SEXES: Final = {"M": "male", "F": "female"}
_REGISTRATION: Final = "REG"


def write_oneroster(plan: SchoolPlan, pupils: tuple[SamplePupil, ...], teachers: tuple[SampleTeacher, ...]) -> bytes:
    """The zip as bytes, the same for the same school."""
    tables: dict[str, Iterable[Line]] = {
        "orgs": [{"sourcedId": plan.urn, "name": plan.name, "type": "school", "identifier": plan.laestab}],
        "academicSessions": _sessions(plan),
        "courses": _courses(plan),
        "classes": _classes(plan),
        "users": [*(_teacher(plan, one) for one in teachers), *(_pupil(plan, one) for one in pupils)],
        "roles": [
            *(_role(plan, _staff_id(one), "teacher") for one in teachers),
            *(_role(plan, one.upn, "student") for one in pupils),
        ],
        "enrollments": [*_teaching(plan, teachers), *_learning(plan, pupils)],
        "demographics": [
            {"sourcedId": one.upn, "birthDate": one.date_of_birth.isoformat(), "sex": _SEXES[one.sex]} for one in pupils
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "manifest", MANIFEST_COLUMNS, _manifest(plan))
        for table, lines in tables.items():
            _put(archive, table, COLUMNS[table], lines)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, table: str, columns: tuple[str, ...], lines: Iterable[Line]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(lines)
    entry = zipfile.ZipInfo(f"{table}.csv")  # a fixed date: the same school makes the same bytes
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.getvalue())


def _manifest(plan: SchoolPlan) -> list[Line]:
    says = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    says |= {f"file.{table}": "bulk" for table in COLUMNS} | {f"file.{table}": "absent" for table in sorted(IGNORED)}
    says |= {"source.systemName": "Consentry sample", "source.systemCode": plan.urn}
    return [{"propertyName": name, "value": value} for name, value in says.items()]


def _year_id(plan: SchoolPlan) -> str:
    return f"{plan.urn}-{plan.school_year}"


def _sessions(plan: SchoolPlan) -> list[Line]:
    found = terms(plan.school_year)
    ends = {"schoolYear": str(plan.school_year + 1)}
    title = f"{plan.school_year}-{plan.school_year + 1}"
    whole = {"startDate": found[0][1].isoformat(), "endDate": found[-1][2].isoformat()}
    return [
        {"sourcedId": _year_id(plan), "title": title, "type": "schoolYear"} | whole | ends,
        *(
            {
                "sourcedId": f"{_year_id(plan)}-{title}",
                "title": f"{title} term",
                "type": "term",
                "startDate": start.isoformat(),
                "endDate": end.isoformat(),
                "parentSourcedId": _year_id(plan),
            }
            | ends
            for title, start, end in found
        ),
    ]


def _courses(plan: SchoolPlan) -> list[Line]:
    subjects = plan.subjects | {_REGISTRATION: "Registration"}
    return [
        {
            "sourcedId": f"{plan.urn}-{code}-{group}",
            "schoolYearSourcedId": _year_id(plan),
            "title": f"{subject} {'reception' if group == 'R' else f'year {group}'}",
            "courseCode": f"{code}{group}",
            "grades": group,
            "orgSourcedId": plan.urn,
            "subjects": subject,
            "subjectCodes": code,
        }
        for group in plan.year_groups
        for code, subject in subjects.items()
    ]


def _class_id(plan: SchoolPlan, form: str, code: str) -> str:
    return f"{plan.urn}-{form}-{code}"


def _classes(plan: SchoolPlan) -> list[Line]:
    subjects = {_REGISTRATION: ""} | plan.subjects
    return [
        {
            "sourcedId": _class_id(plan, form, code),
            "title": f"{form} {subject}".strip(),
            "grades": form[:-1],
            "courseSourcedId": f"{plan.urn}-{code}-{form[:-1]}",
            "classCode": form if code == _REGISTRATION else f"{form}/{code}",
            "classType": "homeroom" if code == _REGISTRATION else "scheduled",
            "location": f"Room {number}",
            "schoolSourcedId": plan.urn,
            "termSourcedIds": _year_id(plan),
            "subjects": subject,
            "subjectCodes": "" if code == _REGISTRATION else code,
        }
        for number, form in enumerate(plan.forms, start=1)
        for code, subject in subjects.items()
    ]


def _staff_id(teacher: SampleTeacher) -> str:
    return f"staff-{teacher.number}"


def _teacher(plan: SchoolPlan, teacher: SampleTeacher) -> Line:
    mail = f"{teacher.first_name[0]}.{teacher.last_name}{teacher.number}".lower().encode("ascii", "ignore").decode()
    return {
        "sourcedId": _staff_id(teacher),
        "enabledUser": "true",
        "username": mail,
        "userIds": f"{{staffNumber:{teacher.number}}}",
        "givenName": teacher.first_name,
        "familyName": teacher.last_name,
        "identifier": str(teacher.number),
        "email": f"{mail}@school{plan.urn}.example.org",
        "primaryOrgSourcedId": plan.urn,
    }


def _pupil(plan: SchoolPlan, pupil: SamplePupil) -> Line:
    return {
        "sourcedId": pupil.upn,
        "enabledUser": "true",
        "username": f"pupil{pupil.number + 1}",
        "userIds": f"{{UPN:{pupil.upn}}}",
        "givenName": pupil.first_name,
        "familyName": pupil.last_name or pupil.first_name,  # the standard wants one of everybody
        "middleName": pupil.middle_names,
        "identifier": pupil.upn,
        "grades": pupil.year_group,
        "preferredGivenName": pupil.preferred_first_name,
        "primaryOrgSourcedId": plan.urn,
    }


def _role(plan: SchoolPlan, user: str, role: str) -> Line:
    about = {"roleType": "primary", "role": role, "orgSourcedId": plan.urn}
    return {"sourcedId": f"role-{user}", "userSourcedId": user} | about


def _enrollment(plan: SchoolPlan, class_id: str, user: str, role: str) -> Line:
    about = {"schoolSourcedId": plan.urn, "userSourcedId": user, "role": role}
    about["primary"] = "true" if role == "teacher" else "false"
    start, end = terms(plan.school_year)[0][1], terms(plan.school_year)[-1][2]
    about |= {"beginDate": start.isoformat(), "endDate": end.isoformat()}
    return {"sourcedId": f"{class_id}-{user}", "classSourcedId": class_id} | about


def _teaching(plan: SchoolPlan, teachers: tuple[SampleTeacher, ...]) -> Iterable[Line]:
    """Tutors with their forms, and a teacher for every class of a subject."""
    for teacher in teachers:
        if teacher.form:
            yield _enrollment(plan, _class_id(plan, teacher.form, _REGISTRATION), _staff_id(teacher), "teacher")
    for code in plan.subjects:
        able = [teacher for teacher in teachers if code in teacher.subjects]
        for number, form in enumerate(plan.forms):
            yield _enrollment(plan, _class_id(plan, form, code), _staff_id(able[number % len(able)]), "teacher")


def _learning(plan: SchoolPlan, pupils: tuple[SamplePupil, ...]) -> Iterable[Line]:
    for pupil in pupils:
        for code in (_REGISTRATION, *plan.subjects):
            line = _enrollment(plan, _class_id(plan, pupil.form, code), pupil.upn, "student")
            if pupil.leaving_date:
                line["endDate"] = min(line["endDate"], pupil.leaving_date.isoformat())
            yield line
