"""Makes an invented school from a seed: the same arguments always make the same school."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from consentry.imports.sample.ctf_file import write_ctf
from consentry.imports.sample.families import make_household, make_pupil
from consentry.imports.sample.marks_file import write_marks
from consentry.imports.sample.oneroster_file import write_oneroster
from consentry.imports.sample.people import SampleHousehold, SamplePupil, SampleTeacher
from consentry.imports.sample.plan import SchoolPlan
from consentry.imports.sample.words import BOYS, GIRLS, SURNAMES

SCHOOL_YEAR: Final = 2025
_SIBLINGS: Final = 0.22  # share of pupils who join a household that the school already knows


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """An invented school, and the files that its office would bring."""

    seed: int
    plan: SchoolPlan
    pupils: tuple[SamplePupil, ...]
    teachers: tuple[SampleTeacher, ...]

    def ctf(self, *, attendance: tuple[date, date] | None = None) -> bytes:
        """A CTF 25.0 of all pupils, with their marks from a first to a last day when asked."""
        return write_ctf(self.seed, self.plan, self.pupils, attendance)

    def marks(self, start: date, end: date) -> bytes:
        """The CSV of marks from `start` to `end`, both counted; a day's marks are the same in any such file."""
        return write_marks(self.seed, self.pupils, start, end)

    def oneroster(self) -> bytes:
        """The OneRoster 1.2 bulk zip: staff, classes, courses and who is in them; pupils carry their UPNs."""
        return write_oneroster(self.plan, self.pupils, self.teachers)


def make_school(
    seed: int, pupils: int, urn: str, laestab: str, name: str, school_year: int = SCHOOL_YEAR
) -> SampleSchool:
    """An invented school of `pupils` pupils in the school year that starts in `school_year`.

    The establishment number tells the phase, as it does in England: 2000 to 3999 is a primary school
    (reception to year 6), any other a secondary school (years 7 to 11).
    """
    random = Random(f"{seed}/{laestab}")  # noqa: S311 -- invented people, not secrets
    plan = SchoolPlan.of(urn, laestab, name, school_year, pupils)
    households: list[SampleHousehold] = []
    made = []
    for number in range(pupils):
        if households and random.random() < _SIBLINGS:
            household = random.choice(households)
        else:
            household = make_household(random)
            households.append(household)
        made.append(make_pupil(random, plan, number, household))
    return SampleSchool(seed, plan, tuple(made), _teachers(random, plan))


def _teachers(random: Random, plan: SchoolPlan) -> tuple[SampleTeacher, ...]:
    """A tutor for every form, and as many again for a third of the forms; each teaches one subject, or all."""
    codes = tuple(plan.subjects)
    found = []
    for number in range(max(len(codes), len(plan.forms) + len(plan.forms) // 3)):
        sex = random.choice("MFF")
        title = "Mr" if sex == "M" else random.choice(("Ms", "Mrs", "Miss"))
        first_name = random.choice(BOYS if sex == "M" else GIRLS)
        form = plan.forms[number] if number < len(plan.forms) else ""
        subjects = codes if plan.is_primary else (codes[number % len(codes)],)
        found.append(SampleTeacher(number + 1, title, first_name, random.choice(SURNAMES), sex, form, subjects))
    return tuple(found)
