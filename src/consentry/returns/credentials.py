"""What a collector knows us by: secrets that are sealed in its row, each for a purpose of its own."""

from collections.abc import Iterator

from consentry.people.sealed import seal, unseal
from consentry.returns.models import Collector

FIRST, SECOND, SUBSCRIPTION = "first secret", "second secret", "subscription key"
WHICH = (FIRST, SECOND, SUBSCRIPTION)
COLUMNS = {FIRST: "first_secret", SECOND: "second_secret", SUBSCRIPTION: "subscription_key"}


def purpose(collector: Collector, which: str) -> str:
    """What a secret is sealed for: nobody who can write rows can give one collector another's."""
    return f"collector {collector.id} {which}"


def keep_secret(collector: Collector, which: str, clear: str) -> None:
    """Seal it into the collector's row, which the caller saves; "" removes it."""
    sealed = seal(purpose(collector, which), clear.encode()) if clear else None
    setattr(collector, COLUMNS[which], sealed)


def secret(collector: Collector, which: str) -> str | None:
    """The secret in the clear, None where there is none. Raises CannotUnsealError."""
    sealed = getattr(collector, COLUMNS[which])
    return None if sealed is None else unseal(purpose(collector, which), sealed).decode()


def client_secrets(collector: Collector) -> Iterator[str]:
    """The first secret and then the second, those that there are: a rotation needs no moment of its own."""
    return (each for each in (secret(collector, FIRST), secret(collector, SECOND)) if each)
