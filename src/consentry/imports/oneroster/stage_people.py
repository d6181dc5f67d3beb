"""The people of a OneRoster file: staff, and pupils, who are not doubled when their number is here already."""

from typing import Final

from consentry.imports.applying.batch import Batch
from consentry.imports.applying.school_year import SchoolYear
from consentry.imports.applying.upn_columns import upn_columns
from consentry.imports.ctf.sheets import ON_ROLL, PERSON, STUDENT, UPN
from consentry.imports.ctf.stage_reach import stage_email
from consentry.imports.oneroster.rows import Demographics, Role, User
from consentry.imports.oneroster.sheets import STAFF
from consentry.imports.problems import Reason
from consentry.records.models import Gender, Person, Staff, Student

_NOT_STAFF: Final = frozenset({"student", "guardian", "parent", "relative"})
_USERS: Final = "users.csv"


class PeopleStager:
    """Takes users, roles and demographics as they come, and stages the people at the end."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._users: dict[str, User] = {}
        self._upns: set[str] = set()
        self._since: dict[str, Role] = {}
        self._born: dict[str, Demographics] = {}
        self._students: dict[str, int] = {}
        self._staff: dict[str, int] = {}
        numbered = Staff.objects.filter(school=batch.school).exclude(staff_number=None)
        self._by_number = {str(number): staff for number, staff in numbered.values_list("staff_number", "id")}
        self._persons = dict(Staff.objects.filter(school=batch.school).values_list("id", "person_id"))
        self._numbers: set[str] = set()

    def user(self, row: User) -> None:
        """Take a user; two users with one pupil number are refused."""
        self._users[row.sourced_id] = row
        if row.upn and row.upn in self._upns:
            self._batch.problems.note(row.line, "userIds", Reason.DUPLICATE, row.upn, _USERS)
        self._upns.add(row.upn)

    def role(self, row: Role) -> None:
        """Take a role: it makes its user a pupil or a member of staff."""
        if row.role == "student":
            self._since.setdefault(row.user_sourced_id, row)
            self.student(row.user_sourced_id)
        elif row.role and row.role not in _NOT_STAFF:
            self.staff(row.user_sourced_id)

    def demographics(self, row: Demographics) -> None:
        """Take what is said of a birth and a sex."""
        self._born[row.sourced_id] = row

    def student(self, sourced_id: str) -> int | None:
        """The id of the pupil that this user is; None for a user that the file lacks."""
        user = self._users.get(sourced_id)
        if user is None:
            return None
        key = _key(user)
        here = None if key in self._batch.ids(Student).known else self._batch.pupils.get(user.upn)
        if here is not None:
            return here.student
        number = self._students[sourced_id] = self._batch.ids(Student).of(key)
        return number

    def staff(self, sourced_id: str) -> int | None:
        """The id of the member of staff that this user is; None for a user that the file lacks."""
        user = self._users.get(sourced_id)
        if user is None:
            return None
        key = _key(user)
        known = self._batch.ids(Staff).known.get(key) or self._by_number.get(user.identifier)
        number = self._staff[sourced_id] = known or self._batch.ids(Staff).of(key)
        return number

    def finish(self) -> None:
        """Stage the staff, and the pupils whom no other file has told of."""
        for sourced_id, number in self._staff.items():
            self._stage_staff(self._users[sourced_id], number)
        for sourced_id, student in self._students.items():
            self._stage_student(self._users[sourced_id], student)

    def _stage_staff(self, user: User, number: int) -> None:
        person = self._persons.get(number) or self._batch.ids(Person).of(_key(user))
        if user.identifier and user.identifier in self._numbers:
            self._batch.problems.note(user.line, "identifier", Reason.DUPLICATE, user.identifier, _USERS)
        self._numbers.add(user.identifier)
        self._person(user, person)
        self._batch.add(STAFF, number, staff_number=user.identifier, person_id=person, source_key=_key(user))
        stage_email(self._batch, user.email, "Staff", number)

    def _stage_student(self, user: User, student: int) -> None:
        person = self._batch.ids(Person).of(_key(user))
        self._person(user, person)
        unsaid = {"ethnicity_id": None, "ethnicity_source": None, "unique_learner_number": None}
        self._batch.add(STUDENT, student, person_id=person, source_key=_key(user), **unsaid)
        stage_email(self._batch, user.email, "Student", student)
        if _key(user) not in self._batch.ids(Student).new:
            return
        fresh = self._batch.fresh_ids
        if user.upn:
            self._batch.add(UPN, next(fresh), end_datetime=None, student_id=student, **upn_columns(user.upn))
        role = self._since.get(user.sourced_id)
        entry = (role.begin_date if role else None) or SchoolYear.of(self._batch.on).first_day
        days = {"entry_date": entry, "leaving_date": role.end_date if role else None}
        key = f"student:{student}:on roll:{entry}"
        self._batch.add(ON_ROLL, next(fresh), **days, student_id=student, source_key=key)

    def _person(self, user: User, person: int) -> None:
        born = self._born.get(user.sourced_id)
        self._batch.add(
            PERSON,
            person,
            gender_id=self._batch.code_or_none(Gender, born.sex) if born and born.sex else None,
            title_id=None,
            legal_first_name=user.given_name,
            legal_middle_names=user.middle_name,
            legal_last_name=user.family_name,
            preferred_first_name=user.preferred_given_name,
            preferred_last_name=user.preferred_family_name,
            date_of_birth=born.birth_date if born else None,
            source_key=_key(user),
        )


def _key(user: User) -> str:
    return f"oneroster:user:{user.sourced_id}"
