"""A collector described in a TOML file, and the files that come with the product."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from enum import StrEnum
from importlib import resources
from typing import Any, Final

from consentry.returns.checking import check_new
from consentry.rules.collector_details import CollectorDetails, NewCollector
from consentry.rules.collectors import LegalBasis
from consentry.rules.invalid import InvalidError
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.payload_forms import Format, Granularity
from consentry.rules.sending_window import WindowUnit

Read = Callable[[Any], Any]


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise InvalidError("", "is a text in quotation marks")
    return said


def _number(said: Any) -> int:
    if type(said) is not int:
        raise InvalidError("", "is a whole number")
    return said


def _yes_or_no(said: Any) -> bool:
    if not isinstance(said, bool):
        raise InvalidError("", "is true or false")
    return said


def _time(said: Any) -> time:
    if not isinstance(said, time):
        raise InvalidError("", "is a time of day such as 12:00:00, without quotation marks")
    return said


def _one_of(kind: type[StrEnum]) -> Read:
    def read(said: Any) -> StrEnum:
        if not isinstance(said, str) or said not in set(kind):
            raise InvalidError("", f"is one of {', '.join(kind)}")
        return kind(said)

    return read


_TOP: Final[Mapping[str, Read]] = {
    "slug": _text,
    "name": _text,
    "recipient": _text,
    "purpose": _text,
    "jurisdiction": _one_of(Jurisdiction),
    "legal_basis": _one_of(LegalBasis),
    "is_local": _yes_or_no,
    "local_authority": _text,
}
_TABLES: Final[Mapping[str, Mapping[str, Read]]] = {
    "asks": {
        "granularity": _one_of(Granularity),
        "format": _one_of(Format),
        "window_previous": _number,
        "window_unit": _one_of(WindowUnit),
        "suppress_below": _number,
    },
    "runs": {"morning": _time, "afternoon": _time, "spread_minutes": _number},
    "connection": {
        "base_url": _text,
        "token_url": _text,
        "oauth_scope": _text,
        "client_id": _text,
        "subscription_header": _text,
    },
}
_NEEDED: Final = ("slug", "name", "recipient", "purpose", "jurisdiction", "legal_basis", "granularity", "format")
_OWN: Final = ("slug", "jurisdiction", "legal_basis", "is_local")


def read_profile(content: bytes) -> NewCollector:
    """The collector that the file tells of. A run that [runs] does not name is none; the rest has its usual value.

    Secrets do not belong into it. Raises InvalidError whose field is the line and the name of what cannot be.
    """
    try:
        text = content.decode()
        document = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidError("file", f"is not TOML: {error}") from None
    try:
        said = {"morning": None, "afternoon": None} | dict(_read(document))
        _check_whole(said)
        own = {name: said.pop(name) for name in _OWN if name in said}
        wanted = NewCollector(details=CollectorDetails(**said), **own)
        check_new(wanted)
    except InvalidError as refused:
        raise InvalidError(_place(text, refused.field), refused.reason) from None
    return wanted


def shipped_profiles() -> Iterator[NewCollector]:
    """Those that come with the product, each suspended until the operator has set what only it can know."""
    folder = resources.files("consentry.returns").joinpath("profiles")
    for each in sorted(folder.iterdir(), key=lambda file: file.name):
        if each.name.endswith(".toml"):
            yield read_profile(each.read_bytes())


def _read(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, said in document.items():
        if name not in _TABLES:
            yield name, _value(_TOP, name, said)
        elif not isinstance(said, dict):
            raise InvalidError(name, f"is a table, written as [{name}]")
        else:
            yield from ((inner, _value(_TABLES[name], inner, value)) for inner, value in said.items())


def _check_whole(said: Mapping[str, Any]) -> None:
    for name in _NEEDED:
        if name not in said:
            raise InvalidError(name, "is missing")


def _value(known: Mapping[str, Read], name: str, said: Any) -> Any:
    if name not in known:
        raise InvalidError(name, f"is not known here; there are {', '.join(known)}")
    try:
        return known[name](said)
    except InvalidError as refused:
        raise InvalidError(name, refused.reason) from None


def _place(text: str, name: str) -> str:
    """Where the file says it: "line 12, window_unit"; the name alone of what it does not say."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[?\s*[\"']?{re.escape(name)}[\"']?\s*[\]=]", line):
            return f"line {number}, {name}"
    return name
