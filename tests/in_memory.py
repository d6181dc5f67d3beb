"""Where the tests' own PostgreSQL keeps its files: in memory where there is room, as a database is many files."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import psutil

_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is private, or the embedded server refuses it
_ROOM = 2 * 1024**3
_HERE = Path(__file__).resolve().parent.parent


def folder_for_tests() -> Path:
    """A folder of this checkout's own: on a file system in memory, else `var/test`. Both are kept for the next run."""
    if _has_room():
        return _MEMORY / f"consentry-tests-{os.getuid()}-{hashlib.sha256(bytes(_HERE)).hexdigest()[:8]}"
    return _HERE / "var" / "test"


def _has_room() -> bool:
    if not (_MEMORY.is_dir() and os.access(_MEMORY, os.W_OK | os.X_OK)):
        return False
    return shutil.disk_usage(_MEMORY).free > _ROOM and psutil.virtual_memory().available > 2 * _ROOM


def keep_servers_of_tests_in_memory() -> None:
    """Folders that tests make for their own servers go there too; what pytest makes, and keeps, stays on the disk."""
    if _has_room():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)
