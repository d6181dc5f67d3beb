"""Postcodes of the United Kingdom.

Source: BS 7666-2 and Royal Mail's PAF Programmers' Guide: the outward code is one of six forms (A9, A99, AA9, AA99,
A9A, AA9A), the inward code a digit and two letters that are none of C, I, K, M, O, V; and GIR 0AA.
"""

import re
from typing import Final

_POSTCODE: Final = re.compile(r"(GIR(?=0AA)|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})", re.ASCII)


def postcode(text: str) -> str | None:
    """The postcode in capitals with one space, "SW1A 1AA"; None for what has not the form of one."""
    parts = _POSTCODE.fullmatch("".join(text.split()).upper())
    return None if parts is None else f"{parts[1]} {parts[2]}"
