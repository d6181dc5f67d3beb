"""The countries of the world by their codes (ISO 3166-1 alpha-2), and what people write for them."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import pycountry

from consentry.rules.invalid import InvalidError

MOST = 60


def country_name(code: str) -> str:
    """What the country is commonly called; the code itself where there is none of it."""
    return _names().get(code, code)


def country_names(codes: Iterable[str]) -> list[str]:
    """The countries of these codes, by name."""
    return sorted(country_name(code) for code in codes)


def read_countries(lines: Sequence[str]) -> list[str]:
    """The codes of the countries written on these lines, each once, by name. Names, codes and "UK" will do.

    Raises InvalidError for what is no country, and for too many.
    """
    found = {_read(line) for line in lines if line.strip()}
    if len(found) > MOST:
        raise InvalidError("countries", f"name {MOST} countries at most")
    return sorted(found, key=country_name)


def _read(line: str) -> str:
    code = _by_words().get(_normal(line))
    if code is None:
        shown = "".join(letter for letter in line.strip() if letter.isprintable())[:60]
        raise InvalidError("countries", f"“{shown}” is not a country we know: write its English name or its code")
    return code


@cache
def _names() -> dict[str, str]:
    return {each.alpha_2: getattr(each, "common_name", each.name) for each in pycountry.countries}


@cache
def _by_words() -> dict[str, str]:
    words = {"uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US"}
    for each in pycountry.countries:
        for name in (each.alpha_2, each.alpha_3, each.name, getattr(each, "common_name", each.name)):
            words.setdefault(_normal(name), each.alpha_2)
            words.setdefault(_normal(name.partition(",")[0]), each.alpha_2)
    return words


def _normal(words: str) -> str:
    """Without accents and in small letters."""
    plain = unicodedata.normalize("NFKD", words)
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).lower().split())
