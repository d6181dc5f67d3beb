"""The numbers of schools in England: URN and LAESTAB.

Source: Get Information About Schools. A URN is sequential and has no check digit; a LAESTAB is the three-digit
local authority and the four-digit establishment number, often written with a slash.
"""

import re
from enum import Enum
from typing import Final

_URN: Final = re.compile(r"[1-9][0-9]{5}", re.ASCII)
_LAESTAB: Final = re.compile(r"([0-9]{3})(?:/([0-9]{1,4})|([0-9]{4}))", re.ASCII)
_FIRST_AUTHORITY: Final = 201  # the City of London; no upper bound, as new authorities get new numbers


class EstablishmentFault(Enum):
    """Why a text is not the number of a school."""

    URN_FORM = "urn_form"
    LAESTAB_FORM = "laestab_form"
    AUTHORITY = "authority"


def urn(text: str) -> str | EstablishmentFault:
    """The URN as six digits, the first not zero."""
    number = text.strip()
    return number if _URN.fullmatch(number) else EstablishmentFault.URN_FORM


def laestab(text: str) -> str | EstablishmentFault:
    """The LAESTAB as seven digits, the establishment padded to four: "860/123" is "8600123"."""
    parts = _LAESTAB.fullmatch(text.strip())
    if parts is None:
        return EstablishmentFault.LAESTAB_FORM
    authority, establishment = parts[1], parts[2] or parts[3]
    if int(authority) < _FIRST_AUTHORITY:
        return EstablishmentFault.AUTHORITY
    return authority + establishment.zfill(4)
