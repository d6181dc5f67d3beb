"""A pupil of a common transfer file as records: who it is, when it is here, and where it belongs."""

from dataclasses import dataclass, field
from datetime import date

from consentry.imports.applying.batch import Batch
from consentry.imports.applying.pupils_here import OnRoll, PupilHere
from consentry.imports.applying.school_year import SchoolYear, level_name
from consentry.imports.applying.upn_columns import upn_columns
from consentry.imports.ctf.rows import CtfHeader, Pupil
from consentry.imports.ctf.sheets import (
    FORM,
    IN_FORM,
    IN_LEVEL,
    IN_YEAR,
    LANGUAGE,
    LEVEL,
    ON_ROLL,
    PERSON,
    SCHOOL,
    SEN,
    STUDENT,
    UPN,
    YEAR,
)
from consentry.imports.ctf.stage_contacts import ContactStager
from consentry.imports.ctf.stage_reach import stage_email, stage_home, stage_phones
from consentry.imports.marks.stage import MARKS_WITHOUT_MINUTES, MarkStager
from consentry.imports.problems import Reason
from consentry.records.models import (
    AcademicLevel,
    AcademicLevelMembership,
    AcademicYear,
    AcademicYearEnrolment,
    CurriculumGrade,
    EducationalInstitution,
    Ethnicity,
    Gender,
    Language,
    Person,
    RegistrationForm,
    RegistrationFormMembership,
    SenStatus,
    Student,
)

_SOURCE = "Common transfer file"


@dataclass
class PupilStager:
    """Stages pupil after pupil of the file with this header."""

    batch: Batch
    header: CtfHeader
    year: SchoolYear = field(init=False)
    year_id: int = field(init=False)
    contacts: ContactStager = field(init=False)
    marks: MarkStager = field(init=False)

    def __post_init__(self) -> None:
        """Stage what the header says: the school and its year."""
        batch, header = self.batch, self.header
        if header.laestab and header.laestab != batch.site.laestab:
            batch.problems.note(header.line, "Estab", Reason.OTHER_SCHOOL, header.laestab)
        self.contacts = ContactStager(batch)
        self.marks = MarkStager(batch, MARKS_WITHOUT_MINUTES, _SOURCE)
        self.year = SchoolYear(header.academic_year) if header.academic_year else SchoolYear.of(batch.on)
        self.year_id = batch.ids(AcademicYear, "code").of(self.year.code)
        batch.add(
            YEAR,
            self.year_id,
            code=self.year.code,
            academic_year_name=self.year.code,
            start_date=self.year.first_day,
            end_date=self.year.last_day,
        )
        batch.add(
            SCHOOL,
            batch.ids(EducationalInstitution, "urn").of(str(batch.site.urn)),
            educational_institution_name=header.school_name or batch.site.name,
            urn=batch.site.urn,
            establishment_number=str(batch.site.laestab)[3:],
            source_key="school",
        )

    def add(self, pupil: Pupil) -> None:
        """Stage the pupil and all that belongs to it."""
        here = self._who(pupil)
        on_roll = self._on_roll(pupil, here)
        self._places(pupil, here, on_roll)
        self._support(pupil, here, on_roll.entry_date)
        self._languages(pupil, here)
        stage_email(self.batch, pupil.email, "Student", here.student)
        stage_phones(self.batch, pupil.phones, "Student", here.student)
        home = stage_home(self.batch, pupil.address, "Student", here.student)
        self.contacts.add(pupil, here.student, home)
        for mark in pupil.marks:
            self.marks.add(mark, here)

    def _who(self, pupil: Pupil) -> PupilHere:
        batch = self.batch
        here = batch.pupils.get(pupil.upn) or batch.pupils.get(pupil.former_upn)
        if here is None:
            key = f"upn:{pupil.upn}"
            here = PupilHere(batch.ids(Student).of(key), batch.ids(Person).of(key))
        batch.add(
            PERSON,
            here.person,
            gender_id=batch.code(Gender, pupil.sex, pupil.line, "Sex"),
            title_id=None,
            legal_first_name=pupil.legal_first_name,
            legal_middle_names=pupil.legal_middle_names,
            legal_last_name=pupil.legal_last_name,
            preferred_first_name=pupil.preferred_first_name,
            preferred_last_name=pupil.preferred_last_name,
            date_of_birth=pupil.date_of_birth,
            source_key=f"upn:{pupil.upn}",
        )
        is_first = batch.add(
            STUDENT,
            here.student,
            ethnicity_id=batch.code(Ethnicity, pupil.ethnicity, pupil.line, "Ethnicity"),
            ethnicity_source=pupil.ethnicity_source,
            unique_learner_number=int(pupil.unique_learner_number) if pupil.unique_learner_number else None,
            person_id=here.person,
            source_key=f"upn:{pupil.upn}",
        )
        if not is_first:  # two numbers of one pupil, each with an element of its own
            batch.problems.note(pupil.line, "UPN", Reason.DUPLICATE, pupil.upn)
        self._numbers(pupil, here)
        return here

    def _numbers(self, pupil: Pupil, here: PupilHere) -> None:
        """The pupil has the number of the file; every other one it had ends now, if it has not ended."""
        others = {upn for upn in (*here.numbers, pupil.former_upn) if upn and upn != pupil.upn}
        for upn in (pupil.upn, *sorted(others)):
            number, end = here.numbers.get(upn) or (next(self.batch.fresh_ids), None)
            ended = None if upn == pupil.upn else end or self.batch.at
            self.batch.add(UPN, number, end_datetime=ended, student_id=here.student, **upn_columns(upn))

    def _on_roll(self, pupil: Pupil, here: PupilHere) -> OnRoll:
        """Since the day the file says, else as the school knows it, else since the year began."""
        known = here.enrolments[-1] if here.enrolments else None
        entry = pupil.entry_date or (known.entry_date if known else self.year.first_day)
        found = here.enrolment(entry)
        on_roll = OnRoll(found.id if found else next(self.batch.fresh_ids), entry, pupil.leaving_date)
        here.enrolments = [on_roll, *(each for each in here.enrolments if each is not found)]
        self.batch.add(
            ON_ROLL,
            on_roll.id,
            entry_date=on_roll.entry_date,
            leaving_date=on_roll.leaving_date,
            student_id=here.student,
            source_key=f"student:{here.student}:on roll:{entry}",
        )
        return on_roll

    def _places(self, pupil: Pupil, here: PupilHere, on_roll: OnRoll) -> None:
        """The year, the year group and the form of a pupil who is here for any part of the year."""
        part = self.year.part(on_roll.entry_date, on_roll.leaving_date)
        if part is None:
            return
        of_student = {"student_id": here.student, "start_date": part[0], "end_date": part[1]}
        key = f"student:{here.student}:{self.year.code}"
        number = self.batch.ids(AcademicYearEnrolment).of(key)
        self.batch.add(IN_YEAR, number, academic_year_id=self.year_id, **of_student, source_key=key)
        if pupil.year_group:
            number = self.batch.ids(AcademicLevelMembership).of(key)
            level = self._level(pupil)
            self.batch.add(IN_LEVEL, number, academic_level_id=level, **of_student, source_key=key)
        if pupil.registration_form:
            number = self.batch.ids(RegistrationFormMembership).of(key)
            form = self._form(pupil.registration_form)
            self.batch.add(IN_FORM, number, registration_form_id=form, **of_student, source_key=key)

    def _level(self, pupil: Pupil) -> int:
        key = f"{self.year.code}:{pupil.year_group}"
        number = self.batch.ids(AcademicLevel).of(key)
        self.batch.add(
            LEVEL,
            number,
            academic_level_name=level_name(pupil.year_group),
            short_name=pupil.year_group,
            curriculum_grade_id=self.batch.code(CurriculumGrade, pupil.year_group, pupil.line, "NCyearActual"),
            academic_year_id=self.year_id,
            source_key=key,
        )
        return number

    def _form(self, name: str) -> int:
        key = f"{self.year.code}:{name}"
        number = self.batch.ids(RegistrationForm).of(key)
        said = {"registration_form_name": name, "short_name": name, "academic_year_id": self.year_id}
        self.batch.add(FORM, number, **said, source_key=key)
        return number

    def _support(self, pupil: Pupil, here: PupilHere, entry: date) -> None:
        for period in pupil.sen_periods:
            status = self.batch.code(SenStatus, period.provision, period.line, "SENprovision")
            if status is not None:
                start = period.start_date or entry
                key = f"student:{here.student}:sen:{period.provision}:{start}"
                self.batch.stage(SEN, (here.student, start, status, period.end_date, key))

    def _languages(self, pupil: Pupil, here: PupilHere) -> None:
        """One ability a language, whatever it is to the pupil."""
        types: dict[int, set[str]] = {}
        for language in pupil.languages:
            entry = self.batch.code(Language, language.code, language.line, "Language")
            if entry is not None:
                types.setdefault(entry, set()).add(language.type)
        for entry, found in types.items():
            self.batch.stage(LANGUAGE, ("Student", here.student, entry, "F" in found, "H" in found))
