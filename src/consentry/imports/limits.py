"""How much of a file is read before it is refused; every bound keeps memory steady on hostile input."""

from typing import Final

SHOWN_PROBLEMS: Final = 500  # the rest are counted
VALUE_LENGTH: Final = 60  # characters of a refused value that a report repeats

PUPILS: Final = 20_000  # distinct pupils in one file; no school has as many
TEXT_LENGTH: Final = 255  # characters of one name, address line or title

MARKS_LINE: Final = 200  # bytes
CALENDAR_LINES: Final = 1_000  # entries of one file of term dates; a school year has some twenty
CSV_LINE: Final = 64 * 1024  # bytes of one physical line
CSV_LINES_A_RECORD: Final = 20  # physical lines that quoted cells may spread one record over

XML_CHUNK: Final = 64 * 1024  # bytes fed at once
XML_PROLOG: Final = 64 * 1024  # bytes before the root element
XML_RECORD: Final = 4 * 1024 * 1024  # bytes of one pupil, or between two

ZIP_ENTRIES: Final = 64
ZIP_BYTES: Final = 200 * 1024 * 1024  # of all entries, unpacked
ZIP_RATIO: Final = 100  # unpacked to packed, of an entry and of the whole
