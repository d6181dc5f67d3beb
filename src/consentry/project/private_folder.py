"""Folders and files that hold what only the program's own account may read: mails with live links, a school's files."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


def private_folder(folder: Path) -> Path:
    """The folder, made if it is missing, which nobody but its owner may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def open_private(file: str, flags: int) -> int:
    """As `open`'s opener: a new file is its owner's alone."""
    return os.open(file, flags, 0o600)


class PrivateMails(EmailBackend):
    """Mails as files. A folder that is missing is made private; one that an operator named stays as it is."""

    stream: Any  # None, or the open file
    _get_filename: Callable[[], str]  # Django's: a name by the moment

    def __init__(self, *, file_path: str | None = None, **options: Any) -> None:
        folder = Path(file_path or settings.EMAIL_FILE_PATH)
        if not folder.exists():
            private_folder(folder)
        super().__init__(file_path=str(folder), **options)

    def open(self) -> bool:
        """Begin a file for this connection's mails."""
        if self.stream is not None:
            return False
        self.stream = open(self._get_filename(), "ab", opener=open_private)  # noqa: SIM115 - closed by close()
        return True
