"""Which day, and which register, an address of these pages names."""

from collections.abc import Mapping
from datetime import date

from consentry.records.roll_call import RollCall
from consentry.rules.attendance_codes import REGULATIONS_2006, Session
from consentry.rules.dates import DateFault, day_between

NO_FORM = "none"
"""Stands in an address for the pupils who are in no form."""


def day_asked(query: Mapping[str, str], today: date) -> date:
    """The day of `?day=2025-11-03`; today where it names none on which a register can have been taken."""
    found = day_between(query.get("day", ""), REGULATIONS_2006, today)
    return today if isinstance(found, DateFault) else found


def call_asked(form: str, day: str, session: str, today: date) -> RollCall | None:
    """The register of an address; None for a day on which none can have been taken."""
    found = day_between(day, REGULATIONS_2006, today)
    if isinstance(found, DateFault):
        return None
    return RollCall(None if form == NO_FORM else int(form), found, Session(session))
