"""The account that runs the server: PostgreSQL refuses root, so root lends it an unprivileged one that exists."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from consentry.project.embedded.errors import EmbeddedError

CANDIDATES = ("consentry", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who the server runs as; `lent` when that is not who we are."""

    uid: int
    gid: int
    lent: bool

    def run(
        self,
        command: Sequence[str | Path],
        *,
        output: int | IO[bytes],
        text: str = "",
        environment: dict[str, str] | None = None,
        keep: Sequence[int] = (),
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run a program as this account, without our groups, our PG* variables, our folder or our terminal.

        `output` takes what it says, `text` is its input, `keep` are descriptors that it inherits.
        """
        return subprocess.run(  # noqa: S603  # our own programs only
            [str(part) for part in command],
            user=self.uid if self.lent else None,
            group=self.gid if self.lent else None,
            extra_groups=[] if self.lent else None,
            input=text.encode(),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            umask=0o077,
            start_new_session=True,
            pass_fds=tuple(keep),
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **(environment or {})},
            check=False,
        )

    def may_enter(self, folder: Path) -> bool:
        """Whether the account may enter the folder, by trying (modes alone would miss access lists)."""
        attempt: list[str | Path] = ["/bin/sh", "-c", 'cd -- "$1"', "sh", folder]
        return not self.lent or self.run(attempt, output=subprocess.DEVNULL).returncode == 0

    def give(self, path: Path) -> None:
        """Make the account the owner of a file or folder that we have just made."""
        if self.lent:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose_account(data: Path) -> Account:
    """Choose who runs the server: ourselves, or, when we are root, the owner of the data or else a known account.

    Raises EmbeddedError when root finds no account to lend.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), lent=False)
    if data.exists():
        owner = data.stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid, lent=True)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, lent=True)
    raise EmbeddedError(
        "PostgreSQL does not run as root, and none of the accounts "
        f"{', '.join(CANDIDATES)} exists. Run Consentry as another user, or add one of them."
    )
