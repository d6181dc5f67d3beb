"""Countries, as pages show them."""

from collections.abc import Iterable

from consentry.partners.countries import country_name
from consentry.web.sentences import joined


def country_names(codes: Iterable[str]) -> str:
    """The countries of these ISO 3166-1 alpha-2 codes, in a sentence."""
    names = sorted(country_name(code) for code in codes)
    return joined(names) if names else "Not given"
