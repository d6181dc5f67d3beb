"""Access tokens: kept as fingerprints, good until they end."""

import hashlib
import time

from consentry.collector.database import Database


def _fingerprint(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def keep_token(database: Database, token: str, *, seconds: int) -> None:
    """From now on the token opens, for so long. Those that have ended are forgotten."""
    now = time.time()
    with database.changing() as connection:
        connection.execute("delete from tokens where ends_at <= ?", [now])
        connection.execute(
            "insert into tokens (fingerprint, ends_at) values (?, ?)", [_fingerprint(token), now + seconds]
        )


def opens(database: Database, token: str) -> bool:
    """Whether the token is good now."""
    asked = "select 1 from tokens where fingerprint = ? and ends_at > ?"
    return database.reading.execute(asked, [_fingerprint(token), time.time()]).fetchone() is not None
