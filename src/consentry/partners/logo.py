"""A logo as it was sent, decoded and encoded anew: what is served is a picture of ours, whatever came in."""

import io
import re
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from consentry.rules.invalid import InvalidError

LARGEST = 1_000_000
"""Bytes of a file."""

LONGEST_SIDE = 4_096
SIDE = 256
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")

_PAGE_OR_SCRIPT = re.compile(rb"<\s*(?:svg|script|html|!doctype|iframe|\?php|\?xml-stylesheet)", re.IGNORECASE)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, OverflowError, MemoryError, IndexError, KeyError)
_FIELD = "logo"
_TOO_MANY_PIXELS = f"the picture is larger than {LONGEST_SIDE} by {LONGEST_SIDE} pixels"


def read_logo(data: bytes) -> bytes:
    """The picture as a PNG of SIDE by SIDE, without anything else that the file held.

    Raises InvalidError, saying why, for a file that is too large, no picture of FORMATS, a drawing (SVG), that is or
    holds something else besides the picture, or that would fill the memory when it is decoded.
    """
    if not data:
        raise InvalidError(_FIELD, "the file is empty")
    if len(data) > LARGEST:
        raise InvalidError(_FIELD, f"the file is larger than {LARGEST // 1_000_000} MB")
    _check_nothing_else(data)
    picture = _decoded(data)
    out = io.BytesIO()
    _square(picture).save(out, "PNG", optimize=True)
    return out.getvalue()


def _check_nothing_else(data: bytes) -> None:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") or b"<svg" in start.lower():
        raise InvalidError(
            _FIELD, "this is an SVG or another text, which can hold scripts: save the logo as PNG, JPEG, WebP or GIF"
        )
    if _PAGE_OR_SCRIPT.search(data) or not _ends_with_the_picture(data):
        raise InvalidError(
            _FIELD, "the file holds something besides the picture: open the logo in a picture editor and save it as PNG"
        )


def _ends_with_the_picture(data: bytes) -> bool:
    """Whether nothing follows the picture, as in a file that is a picture and an archive at once."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _end_of_png(data) == len(data)
    if data.startswith(b"RIFF"):
        length = struct.unpack("<I", data[4:8])[0] if len(data) >= 8 else 0  # noqa: PLR2004 - of RIFF's head
        return bool(8 + length + length % 2 == len(data))
    if data.startswith(b"\xff\xd8"):
        return data.endswith(b"\xff\xd9")
    return data.endswith(b";") if data.startswith(b"GIF8") else True  # no picture: said when it is decoded


def _end_of_png(data: bytes) -> int:
    """Where the IEND chunk ends (PNG, 5.3), or 0."""
    at = 8
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        at += 12 + int(length)
        if kind == b"IEND":
            return at
    return 0


def _decoded(data: bytes) -> Image.Image:
    """The first frame. Its size is read from the head, before anything is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if max(picture.size) > LONGEST_SIDE or min(picture.size) < 1:
                raise InvalidError(_FIELD, _TOO_MANY_PIXELS)
            picture.load()
    except UnidentifiedImageError:
        raise InvalidError(_FIELD, "this is not a picture of PNG, JPEG, WebP or GIF") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidError(_FIELD, _TOO_MANY_PIXELS) from None
    except _BROKEN:
        raise InvalidError(_FIELD, "the picture is damaged") from None
    return picture


def _square(picture: Image.Image) -> Image.Image:
    """Turned as its maker meant it, made to fit, in the middle of a clear square."""
    fitted = ImageOps.contain(ImageOps.exif_transpose(picture).convert("RGBA"), (SIDE, SIDE))
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(fitted, ((SIDE - fitted.width) // 2, (SIDE - fitted.height) // 2))
    return square
