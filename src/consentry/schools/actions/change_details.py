"""Change what a site says of itself: its name, its numbers and its address. Its slug never changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from typing import Any

from django.db import IntegrityError

from consentry.audit.change import Change
from consentry.audit.names import EventName
from consentry.rules.establishment import laestab, urn
from consentry.rules.invalid import InvalidError
from consentry.rules.postcodes import postcode
from consentry.schools.models import Site, SiteKind
from consentry.schools.numbers import read_number

LONGEST = 200
"""Characters of a name or of a line of an address."""


@dataclass(frozen=True)
class Details:
    """What a site says of itself. A trust has no numbers."""

    name: str
    urn: str = ""
    laestab: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""

    @property
    def digest(self) -> str:
        """Stands for exactly these details: a form sends back what it showed."""
        return sha256(repr(self).encode()).hexdigest()[:16]


class InvalidDetailsError(Exception):
    """Some of the details cannot be; nothing was changed. `reasons` says why, by the name of the field."""

    def __init__(self, reasons: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in reasons.items()))
        self.reasons = reasons


class ChangedMeanwhileError(Exception):
    """Somebody else changed the details since they were shown; nothing was changed."""


def details_of(site: Site) -> Details:
    """What the site says of itself now."""
    return Details(**{each.name: getattr(site, each.name) or "" for each in fields(Details)})


def change_details(this: Change, site: Site, wanted: Details, *, seen: str | None = None) -> tuple[str, ...]:
    """The site says this of itself from now on, in an open change at it; the names of what is new, if anything is.

    `seen` is the digest of the details that whoever changes them had before them. Raises InvalidDetailsError, naming
    all that cannot be, and ChangedMeanwhileError.
    """
    locked = Site.objects.select_for_update(no_key=True).get(id=site.id)
    before = details_of(locked)
    if seen is not None and seen != before.digest:
        raise ChangedMeanwhileError
    after = _read(locked, wanted)
    changed = tuple(name for name, value in asdict(after).items() if value != getattr(before, name))
    if changed:
        for name in changed:
            setattr(locked, name, getattr(after, name))
        with _urn_of_another():
            locked.save(update_fields=changed)
        this.record(EventName.SCHOOL_DETAILS_CHANGED, locked, fields=list(changed))
    return changed


def _read(site: Site, wanted: Details) -> Details:
    """The details as they are kept. Raises InvalidDetailsError."""
    tidy = Details(**{name: " ".join(value.split()) for name, value in asdict(wanted).items()})
    reasons: dict[str, str] = {}

    def checked(read: Callable[..., str], *given: Any) -> str:
        try:
            return read(*given)
        except InvalidError as invalid:
            reasons[invalid.field] = invalid.reason
            return ""

    for name, value in asdict(tidy).items():
        checked(_text, name, value)
    read = replace(
        tidy,
        urn=checked(_urn, site, tidy.urn),
        laestab=checked(_laestab, site, tidy.laestab),
        postcode=checked(_postcode, tidy.postcode),
    )
    if reasons:
        raise InvalidDetailsError(reasons)
    return read


def _text(field: str, text: str) -> str:
    if field == "name" and not text:
        raise InvalidError(field, "the name must not be empty")
    if "\0" in text:
        raise InvalidError(field, "this holds a character that cannot be kept")
    if len(text) > LONGEST:
        raise InvalidError(field, f"this is longer than {LONGEST} characters")
    return text


def _postcode(text: str) -> str:
    found = postcode(text) if text else ""
    if found is None:
        raise InvalidError("postcode", "this is not a UK postcode, such as BS1 4DJ")
    return found


def _urn(site: Site, text: str) -> str:
    if site.kind == SiteKind.TRUST:
        return _none("urn", text)
    number = read_number("urn", text, urn)
    if Site.objects.filter(urn=number).exclude(id=site.id).exists():
        raise InvalidError("urn", _TAKEN)
    return number


def _laestab(site: Site, text: str) -> str:
    return _none("laestab", text) if site.kind == SiteKind.TRUST else read_number("laestab", text, laestab)


def _none(field: str, text: str) -> str:
    if text:
        raise InvalidError(field, "a trust has none")
    return ""


_TAKEN = "another site has this URN already"


@contextmanager
def _urn_of_another() -> Iterator[None]:
    """Two sites that take one URN at the same moment: the second is told."""
    try:
        yield
    except IntegrityError as taken:
        raise InvalidDetailsError({"urn": _TAKEN}) from taken
