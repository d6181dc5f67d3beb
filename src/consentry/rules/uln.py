"""Unique learner numbers: ten digits of which the last is a check digit.

Source: the Learning Records Service, as the Higher Education Statistics Agency documents it (item C17051).
"""

import re
from enum import Enum
from typing import Final

_FORM: Final = re.compile(r"[1-9][0-9]{9}", re.ASCII)
_REMAINDER: Final = 10


class UlnFault(Enum):
    """Why a text is not a unique learner number."""

    FORM = "form"
    CHECK_DIGIT = "check_digit"


def uln_fault(uln: str) -> UlnFault | None:
    """What is wrong with `uln`, or None: the digits weighed 10 down to 1 must leave 10 modulo 11."""
    if _FORM.fullmatch(uln) is None:
        return UlnFault.FORM
    total = sum(int(digit) * weight for digit, weight in zip(uln, range(10, 0, -1), strict=True))
    return None if total % 11 == _REMAINDER else UlnFault.CHECK_DIGIT
