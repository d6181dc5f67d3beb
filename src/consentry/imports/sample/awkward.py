"""Pupils on whom programs trip: no surname, twins, leavers, two schools at once, changed names and numbers."""

from dataclasses import replace
from datetime import date
from typing import Final

from consentry.imports.sample.people import SamplePupil
from consentry.imports.sample.school import SampleSchool
from consentry.rules.upn import check_letter

FEWEST: Final = 40
_WEDNESDAY: Final = 2


def with_awkward_people(school: SampleSchool) -> SampleSchool:
    """The same school, in which ten of its pupils are harder to get right. It has FEWEST pupils or more."""
    pupils, groups = list(school.pupils), len(school.plan.year_groups)
    if len(pupils) < FEWEST:
        raise ValueError(f"a school with awkward people has {FEWEST} pupils or more")
    pupils[0] = _without_surname(pupils[0])
    pupils[1], pupils[1 + groups] = _twins(pupils[1], pupils[1 + groups])
    year = school.plan.school_year
    pupils[2] = replace(pupils[2], leaving_date=date(year, 10, 3))
    pupils[3] = replace(pupils[3], leaving_date=date(year, 9, 12))
    pupils[4] = replace(pupils[4], enrolment_status="M", elsewhere=frozenset({_WEDNESDAY}))
    pupils[2 + groups] = _with_new_surname(pupils[2 + groups])
    pupils[3 + groups] = _with_new_number(pupils[3 + groups], school.plan.laestab, year)
    pupils[4 + groups] = replace(pupils[4 + groups], preferred_first_name="Sam", preferred_last_name="Lee")
    pupils[2 * groups] = replace(pupils[2 * groups], first_name="Zoë-Ann Mary", last_name="de la O’Rourke-Łukasik")
    return replace(school, pupils=tuple(pupils))


def _without_surname(pupil: SamplePupil) -> SamplePupil:
    return replace(pupil, first_name="Sukarno", preferred_first_name="Sukarno", middle_names="", last_name="")


def _twins(one: SamplePupil, other: SamplePupil) -> tuple[SamplePupil, SamplePupil]:
    """Of one home, one day and one initial, in one year group."""
    same = {
        "household": one.household,
        "last_name": one.household.last_name,
        "date_of_birth": one.date_of_birth,
        "sex": one.sex,
        "entry_date": one.entry_date,
    }
    first = replace(one, **same, first_name="Ava", preferred_first_name="Ava")  # type: ignore[arg-type]
    return first, replace(other, **same, first_name="Ada", preferred_first_name="Ada")  # type: ignore[arg-type]


def _with_new_surname(pupil: SamplePupil) -> SamplePupil:
    return replace(pupil, former_last_name=pupil.last_name, last_name="Hartley-Moss")


def _with_new_number(pupil: SamplePupil, laestab: str, year: int) -> SamplePupil:
    """Who came with a temporary number of this school, and has a permanent one since."""
    rest = f"{laestab}{year % 100:02d}99"
    temporary = next(f"{check_letter(rest + letter)}{rest}{letter}" for letter in "A")
    return replace(pupil, former_upn=temporary)
