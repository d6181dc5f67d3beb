"""The one error of the embedded database, in plain words: what is wrong and how to mend it."""

import errno
import shutil
from pathlib import Path

REMEDIES = {
    errno.ENOSPC: "The disk is full. Free some space and start again.",
    errno.EDQUOT: "The disk quota is used up. Free some space and start again.",
    errno.EACCES: "This account may not do that. Give it the folder, or choose another one.",
    errno.EPERM: "This account may not do that. Give it the folder, or choose another one.",
    errno.EROFS: "The disk is read-only. Choose a var folder on a disk that can be written.",
}


class EmbeddedError(Exception):
    """The embedded database cannot be had; the text says why and what to do."""

    @classmethod
    def from_os(cls, error: OSError) -> "EmbeddedError":
        """Say in plain words which file the system refused, and what to do about it."""
        remedy = REMEDIES.get(error.errno or 0, "")
        return cls(f"The embedded database cannot use {error.filename}: {error.strerror}. {remedy}".strip())


def room(folder: Path, needed: int) -> str:
    """Return nothing if the disk of the folder has so many bytes free, else what to say about that."""
    free = shutil.disk_usage(folder).free
    if free >= needed:
        return ""
    return f"The disk of {folder} is full: {free >> 20} MB are free, {needed >> 20} MB are needed. Free some space."


def tail(log: Path, start: int, lines: int = 15) -> str:
    """Return the last lines that were written to the log after byte `start`."""
    with log.open("rb") as file:
        file.seek(start)
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
