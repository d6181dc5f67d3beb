"""National curriculum year groups, and the many ways that exports write them.

Source: the school census code set NC year group: early years 1 and 2, nursery 1 and 2, reception, 1 to 14,
and X for a pupil who does not follow the national curriculum.
"""

import re
from enum import Enum
from typing import Final

YEAR_GROUPS: Final = ("E1", "E2", "N1", "N2", "R", *(str(year) for year in range(1, 15)), "X")

_SPOKEN: Final = {
    "RECEPTION": "R",
    "YEAR R": "R",
    "YR": "R",
    "NURSERY 1": "N1",
    "NURSERY 2": "N2",
    "EARLY 1": "E1",
    "EARLY 2": "E2",
    "NOT FOLLOWED": "X",
}
_NUMBERED: Final = re.compile(r"(?:YEAR|YR|Y)?\s*0?([0-9]{1,2})", re.ASCII)


class YearGroupFault(Enum):
    """Why a text names no year group."""

    UNKNOWN = "unknown"


def year_group(text: str) -> str | YearGroupFault:
    """The year group that `text` names, as a member of YEAR_GROUPS: "07", "Year 7" and "Y7" are "7"."""
    name = " ".join(text.upper().split())
    name = _SPOKEN.get(name, name)
    if numbered := _NUMBERED.fullmatch(name):
        name = str(int(numbered[1]))
    return name if name in YEAR_GROUPS else YearGroupFault.UNKNOWN
