"""Where everything of one embedded database lies, below its var/ folder."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The files of one var/ folder. The locks are flocks, so that they end with their holders, also by kill -9."""

    var: Path

    @property
    def data(self) -> Path:
        """The cluster; a symlink where the server's account may not enter var/.

        Every process of the server inherits a lock on this folder: while it is held, some part of the server runs.
        """
        return self.var / "postgres"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.var / "postgres.log"

    @property
    def passwords(self) -> Path:
        """The passwords of the roles as JSON, mode 0600."""
        return self.var / "postgres.passwords.json"

    @property
    def socket(self) -> Path:
        """A symlink to the folder of the server's socket, which needs a short path."""
        return self.var / "postgres.socket"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server, and exclusively by the keeper while it ends it."""
        return self.var / "postgres.users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that starts things just now."""
        return self.var / "postgres.start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.var / "postgres.keeper.lock"
