"""What is said of a number that cannot be a school's."""

from collections.abc import Callable

from consentry.rules.establishment import EstablishmentFault
from consentry.rules.invalid import InvalidError

_FAULTS = {
    EstablishmentFault.URN_FORM: "a URN has six digits, and the first is not zero",
    EstablishmentFault.LAESTAB_FORM: "a LAESTAB has seven digits: three of the authority, four of the establishment",
    EstablishmentFault.AUTHORITY: "there is no local authority with this number",
}


def read_number(field: str, text: str | None, read: Callable[[str], str | EstablishmentFault]) -> str:
    """The number as `read` makes it of the text. Raises InvalidError, naming the field and what is wrong."""
    number = read(text or "")
    if isinstance(number, EstablishmentFault):
        raise InvalidError(field, _FAULTS[number])
    return number
