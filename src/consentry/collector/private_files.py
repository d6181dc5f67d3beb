"""Files that are their owner's alone: keys and secrets."""

import os
from pathlib import Path


def private_folder(folder: Path) -> Path:
    """The folder, made where it is missing, which nobody but its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder.resolve()


def write_private(file: Path, content: bytes) -> None:
    """Put the content in place of what was there, as a whole: whoever reads finds the old or the new."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(content)
    unfinished.replace(file)
