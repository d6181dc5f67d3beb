"""Reading what a collector answers: as much as comes in time and as somebody may read."""

from time import monotonic
from typing import Final

from requests import Response

SECONDS: Final = 30.0
LONGEST: Final = 64 * 1024


def answer_text(answer: Response) -> str:
    """The text of the answer, cut off where it is endless; the connection is given back."""
    ends, read = monotonic() + SECONDS, bytearray()
    with answer:
        for piece in answer.iter_content(8192):
            read += piece
            if len(read) > LONGEST or monotonic() > ends:
                break
    return read[:LONGEST].decode("utf-8", "replace").replace("\0", "")
