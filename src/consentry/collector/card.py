"""collector.json: where the collector is and how it is talked to, secrets included, for its owner alone."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from consentry.collector.private_files import write_private


@dataclass(frozen=True, slots=True)
class Credentials:
    """By what a sender is known, and who switches faults. Both secrets are good; the first can be made to fail."""

    client_id: str
    client_secrets: tuple[str, str]
    control_key: str
    subscription_key: str | None = None


def card_file(folder: Path) -> Path:
    """Where the card is."""
    return folder / "collector.json"


def credentials_for(folder: Path, *, needs_subscription_key: bool) -> Credentials:
    """Those of an earlier start in this folder, or new ones."""
    file = card_file(folder)
    known = json.loads(file.read_text()) if file.exists() else {}
    first, second = known.get("client_secrets") or (_secret(), _secret())
    key = (known.get("subscription_key") or _secret()) if needs_subscription_key else None
    client_id = known.get("client_id") or f"sender-{secrets.token_hex(8)}"
    return Credentials(client_id, (first, second), known.get("control_key") or _secret(), key)


def write_card(folder: Path, base_url: str, authority: Path, credentials: Credentials, *, process: int) -> None:
    """Say where the collector is now, and as which process."""
    card = {
        "base_url": base_url,
        "token_url": f"{base_url}/oauth/token",
        "ca_file": str(authority),
        **asdict(credentials),
        "pid": process,
    }
    write_private(card_file(folder), json.dumps(card, indent=2).encode() + b"\n")


def _secret() -> str:
    return secrets.token_urlsafe(32)
