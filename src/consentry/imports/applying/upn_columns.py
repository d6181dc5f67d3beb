"""What a unique pupil number says of itself, as columns of its assignment."""

from typing import Final

from consentry.rules.upn import is_temporary

_FIRST_YEAR: Final = 90  # numbers are given since 1997: two digits from here on are of the last century


def upn_columns(upn: str) -> dict[str, str | int | bool | None]:
    """The number, and the authority, establishment, year and serial number that stand in it (CBDS item P1)."""
    year, serial = int(upn[8:10]), upn[10:13]
    return {
        "upn": upn,
        "issued_year": year + (1900 if year >= _FIRST_YEAR else 2000),
        "issued_local_authority": upn[1:4],
        "issued_establishment_number": upn[4:8],
        "issued_serial_number": int(serial) if serial.isdigit() else None,
        "is_temporary": is_temporary(upn),
    }
