"""Countries, as pages show them."""

from collections.abc import Iterable


def country_names(codes: Iterable[str]) -> str:
    """These ISO 3166-1 alpha-2 codes in a row."""
    return ", ".join(sorted(codes)) or "Not given"
