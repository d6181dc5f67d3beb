"""Invented households and pupils, drawn from a random source."""

from datetime import date, timedelta
from random import Random
from typing import Final

from consentry.imports.sample.people import SampleContact, SampleHousehold, SamplePupil
from consentry.imports.sample.plan import SchoolPlan
from consentry.imports.sample.words import (
    BOYS,
    ETHNICITIES,
    GIRLS,
    LANGUAGES,
    SEN_NEEDS,
    SEN_PROVISIONS,
    STREET_KINDS,
    STREETS,
    SURNAMES,
    TOWNS,
)
from consentry.rules.upn import check_letter

_SERIALS: Final = 1000  # a school's pupil numbers of one year of birth
_POSTCODE_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"


def make_household(random: Random) -> SampleHousehold:
    """A household of one or two contacts who share, mostly, a surname."""
    last_name = random.choice(SURNAMES)
    sexes = random.choices(("FM", "F", "M", "FF"), (70, 20, 7, 3))[0]
    return SampleHousehold(
        last_name=last_name,
        house=str(random.randint(1, 180)),
        street=f"{random.choice(STREETS)} {random.choice(STREET_KINDS)}",
        town=random.choice(TOWNS),
        postcode=f"ZZ99 {random.randint(1, 9)}{random.choice(_POSTCODE_LETTERS)}{random.choice(_POSTCODE_LETTERS)}",
        telephone=f"01632 960{random.randint(0, 999):03d}",
        contacts=tuple(_contact(random, sex, last_name) for sex in sexes),
    )


def _contact(random: Random, sex: str, family: str) -> SampleContact:
    first_name = random.choice(BOYS if sex == "M" else GIRLS)
    last_name = family if random.random() < 0.8 else random.choice(SURNAMES)  # noqa: PLR2004 -- four in five share it
    mail = f"{first_name}.{last_name}{random.randint(1, 9999)}".lower().encode("ascii", "ignore").decode()
    return SampleContact(
        title="Mr" if sex == "M" else random.choice(("Mrs", "Ms", "Miss", "Dr")),
        first_name=first_name,
        last_name=last_name,
        sex=sex,
        relationship="PAF" if sex == "M" else "PAM",
        has_responsibility=random.random() < 0.97,  # noqa: PLR2004 -- nearly all
        mobile=f"07700 900{random.randint(0, 999):03d}",
        email=f"{mail}@example.org",
    )


def make_pupil(random: Random, plan: SchoolPlan, number: int, household: SampleHousehold) -> SamplePupil:
    """The pupil `number` of a school, at home in a household."""
    group, form = plan.place(number)
    sex = random.choice("MF")
    names = BOYS if sex == "M" else GIRLS
    first_name = random.choice(names)
    born = _birthday(random, group, plan.school_year)
    provision = _weighted(random, SEN_PROVISIONS)
    years_here = plan.year_groups.index(group)
    return SamplePupil(
        number=number,
        upn=_upn(plan, number),
        first_name=first_name,
        middle_names=random.choice(names) if random.random() < 0.6 else "",  # noqa: PLR2004 -- most have one
        last_name=household.last_name,
        preferred_first_name=first_name[:3] if random.random() < 0.05 else first_name,  # noqa: PLR2004 -- some
        date_of_birth=born,
        sex=sex,
        year_group=group,
        form=form,
        entry_date=date(plan.school_year - years_here, 9, 3),
        ethnicity=_weighted(random, ETHNICITIES),
        language=_weighted(random, LANGUAGES),
        sen_provision=provision,
        sen_needs=tuple(random.sample(SEN_NEEDS, random.randint(1, 2))) if provision != "N" else (),
        household=household,
        absence=min(0.9, random.betavariate(1.1, 18)),
    )


def _birthday(random: Random, group: str, school_year: int) -> date:
    """A birthday that puts a pupil into the year group: reception is four on the 31 August before."""
    age = 4 if group == "R" else 4 + int(group)
    return date(school_year - age - 1, 9, 1) + timedelta(days=random.randint(0, 364))


def _upn(plan: SchoolPlan, number: int) -> str:
    """A permanent number as the school would give it: authority, school, year of entry, serial."""
    serial, place = divmod(number, len(plan.year_groups))
    if serial >= _SERIALS:
        raise ValueError("a school of this kind has no more pupil numbers")
    rest = f"{plan.laestab}{(plan.school_year - place) % 100:02d}{serial:03d}"
    return check_letter(rest) + rest


def _weighted(random: Random, shares: dict[str, int]) -> str:
    return random.choices(tuple(shares), tuple(shares.values()))[0]
