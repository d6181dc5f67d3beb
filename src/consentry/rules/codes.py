"""Codes of entries that a school adds to a list, made from their names."""

import re
from typing import Final

_NOT_CODE: Final = re.compile(r"\W+")


def as_code(name: str) -> str:
    """The name as a code: capitals, with `_` for all that is no letter or digit (codes stand in addresses)."""
    return _NOT_CODE.sub("_", name.upper()).strip("_")
