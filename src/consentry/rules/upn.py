"""Unique pupil numbers: their two forms and the check letter that catches a mistyped one.

Source: Common Basic Data Set item P1 (unique pupil number), as used by the Department for Education.
"""

import re
from enum import Enum
from typing import Final

CHECK_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S: they look like digits
LENGTH: Final = 13
_FORM: Final = re.compile(rf"[{CHECK_LETTERS}][0-9]{{11}}[0-9{CHECK_LETTERS}]", re.ASCII)


class UpnFault(Enum):
    """Why a text is not a unique pupil number."""

    LENGTH = "length"
    FORM = "form"
    CHECK_LETTER = "check_letter"


def check_letter(rest: str) -> str:
    """The letter that must stand before these twelve characters.

    `rest` is positions 2 to 13: twelve digits, or eleven and the letter of a temporary number, which
    counts as its place in the alphabet of check letters (A = 0). Positions weigh 2 to 13; the sum modulo
    23 picks the letter.
    """
    values = (int(char) if char.isdigit() else CHECK_LETTERS.index(char) for char in rest)
    return CHECK_LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23]


def upn_fault(upn: str) -> UpnFault | None:
    """What is wrong with `upn`, or None for a good permanent or temporary number (upper case, no spaces)."""
    if len(upn) != LENGTH:
        return UpnFault.LENGTH
    if _FORM.fullmatch(upn) is None:
        return UpnFault.FORM
    return None if upn[0] == check_letter(upn[1:]) else UpnFault.CHECK_LETTER


def is_temporary(upn: str) -> bool:
    """Whether a good number is a temporary one: it ends in a letter."""
    return not upn[-1].isdigit()
