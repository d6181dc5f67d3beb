"""One line of each table as a row: what every cell may hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consentry.imports.cells import Cells
from consentry.imports.limits import TEXT_LENGTH
from consentry.imports.oneroster.rows import (
    AcademicSession,
    Course,
    Demographics,
    Enrollment,
    OneRosterRow,
    Org,
    Role,
    SchoolClass,
    User,
)
from consentry.imports.problems import REASON_OF, Reason
from consentry.rules.upn import upn_fault
from consentry.rules.year_groups import YearGroupFault, year_group

_EXTENSION: Final = re.compile("ext:.{1,60}")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The values that the standard lists, and extensions ("ext:club")."""

    words: frozenset[str]

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and (value in self.words or _EXTENSION.fullmatch(value) is not None)


def _words(text: str) -> _Vocabulary:
    return _Vocabulary(frozenset(text.split()))


_ORG_TYPES: Final = _words("department district local national school state")
_SESSION_TYPES: Final = _words("gradingPeriod semester schoolYear term")
_CLASS_TYPES: Final = _words("homeroom scheduled")
_ROLE_TYPES: Final = frozenset({"primary", "secondary"})
_ROLES: Final = _words(
    "administrator aide counselor districtAdministrator guardian parent principal proctor relative "
    "siteAdministrator student systemAdministrator teacher"
)
_CLASS_ROLES: Final = _words("administrator proctor student teacher")
_SEXES: Final = _words("male female unspecified other")
_USER_ID: Final = re.compile(r"\{([^:{}]{1,60}):([^{}]{1,180})\}")
_LATEST_YEAR: Final = 2100


def listed(said: Cells, name: str) -> tuple[str, ...]:
    """The values of a cell that holds a list, which is separated by commas."""
    return tuple(part.strip() for part in said.text(name, longest=16 * TEXT_LENGTH).split(",") if part.strip())


def _grades(said: Cells) -> tuple[str, ...]:
    found = []
    for written in listed(said, "grades"):
        group = year_group(written)
        if isinstance(group, YearGroupFault):
            said.note("grades", REASON_OF[group], written)
        else:
            found.append(group)
    return tuple(found)


def _id(said: Cells, name: str = "sourcedId") -> str:
    return said.text(name, required=True)


def _org(said: Cells) -> Org:
    return Org(
        said.line,
        _id(said),
        said.text("name", required=True),
        said.choice("type", _ORG_TYPES, required=True),
        said.text("identifier"),
        said.text("parentSourcedId"),
    )


def _session(said: Cells) -> AcademicSession:
    start, end = said.day("startDate", required=True), said.day("endDate", required=True)
    said.in_order(start, end, "endDate")
    title, kind = said.text("title", required=True), said.choice("type", _SESSION_TYPES, required=True)
    said.raw("schoolYear", required=True)
    year = said.number("schoolYear", most=_LATEST_YEAR)
    return AcademicSession(said.line, _id(said), title, kind, start, end, said.text("parentSourcedId"), year)


def _course(said: Cells) -> Course:
    return Course(
        line=said.line,
        sourced_id=_id(said),
        school_year_sourced_id=said.text("schoolYearSourcedId"),
        title=said.text("title", required=True),
        course_code=said.text("courseCode"),
        grades=_grades(said),
        org_sourced_id=_id(said, "orgSourcedId"),
        subjects=listed(said, "subjects"),
        subject_codes=listed(said, "subjectCodes"),
    )


def _class(said: Cells) -> SchoolClass:
    said.raw("termSourcedIds", required=True)
    return SchoolClass(
        line=said.line,
        sourced_id=_id(said),
        title=said.text("title", required=True),
        grades=_grades(said),
        course_sourced_id=_id(said, "courseSourcedId"),
        class_code=said.text("classCode"),
        class_type=said.choice("classType", _CLASS_TYPES, required=True),
        location=said.text("location"),
        school_sourced_id=_id(said, "schoolSourcedId"),
        term_sourced_ids=listed(said, "termSourcedIds"),
        subjects=listed(said, "subjects"),
        periods=listed(said, "periods"),
    )


def _user_ids(said: Cells) -> tuple[tuple[str, str], ...]:
    found = []
    for written in listed(said, "userIds"):
        parts = _USER_ID.fullmatch(written)
        if parts is None:
            said.note("userIds", Reason.BAD_FORM, written)
        else:
            found.append((parts[1].strip(), parts[2].strip()))
    return tuple(found)


def _upn(said: Cells, user_ids: tuple[tuple[str, str], ...]) -> str:
    """The pupil number among the ids, which must be good; else the identifier, where it happens to be one."""
    for kind, value in user_ids:
        if kind.upper() == "UPN":
            if fault := upn_fault(value):
                said.note("userIds", REASON_OF[fault], value)
                return ""
            return value
    identifier = said.raw("identifier")
    return "" if upn_fault(identifier) else identifier


def _user(said: Cells) -> User:
    user_ids = _user_ids(said)
    said.raw("enabledUser", required=True)
    return User(
        line=said.line,
        sourced_id=_id(said),
        enabled_user=said.flag("enabledUser"),
        username=said.text("username", required=True),
        user_ids=user_ids,
        upn=_upn(said, user_ids),
        given_name=said.text("givenName", required=True),
        family_name=said.text("familyName", required=True),
        middle_name=said.text("middleName"),
        identifier=said.text("identifier"),
        email=said.text("email"),
        sms=said.text("sms"),
        phone=said.text("phone"),
        agent_sourced_ids=listed(said, "agentSourcedIds"),
        grades=_grades(said),
        preferred_given_name=said.text("preferredGivenName"),
        preferred_middle_name=said.text("preferredMiddleName"),
        preferred_family_name=said.text("preferredFamilyName"),
        primary_org_sourced_id=said.text("primaryOrgSourcedId"),
        pronouns=said.text("pronouns"),
    )


def _role(said: Cells) -> Role:
    begin, end = said.day("beginDate"), said.day("endDate")
    said.in_order(begin, end, "endDate")
    user, kind = _id(said, "userSourcedId"), said.choice("roleType", _ROLE_TYPES, required=True)
    role = said.choice("role", _ROLES, required=True)
    return Role(said.line, _id(said), user, kind, role, begin, end, _id(said, "orgSourcedId"))


def _enrollment(said: Cells) -> Enrollment:
    begin, end = said.day("beginDate"), said.day("endDate")
    said.in_order(begin, end, "endDate")
    return Enrollment(
        line=said.line,
        sourced_id=_id(said),
        class_sourced_id=_id(said, "classSourcedId"),
        school_sourced_id=_id(said, "schoolSourcedId"),
        user_sourced_id=_id(said, "userSourcedId"),
        role=said.choice("role", _CLASS_ROLES, required=True),
        primary=said.flag("primary"),
        begin_date=begin,
        end_date=end,
    )


def _demographics(said: Cells) -> Demographics:
    born, sex = said.day("birthDate"), said.choice("sex", _SEXES)
    return Demographics(said.line, _id(said), born, sex, said.text("countryOfBirthCode"), said.text("cityOfBirth"))


RECORD_OF: Final[dict[str, Callable[[Cells], OneRosterRow]]] = {
    "orgs": _org,
    "academicSessions": _session,
    "courses": _course,
    "classes": _class,
    "users": _user,
    "roles": _role,
    "enrollments": _enrollment,
    "demographics": _demographics,
}
