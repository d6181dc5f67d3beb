"""What is typed about companies and apps, held to what people can be shown: names on one line, real links."""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from consentry.rules.invalid import InvalidError

LONGEST_NAME = 200
LONGEST_DESCRIPTION = 2000
LONGEST_REASON = 500
LONGEST_EMAIL = 254
LONGEST_WEBSITE = 200

_is_email = EmailValidator()
_is_website = URLValidator(schemes=["https"])


def check_name(field: str, text: object) -> None:
    """Raise InvalidError unless this is a line of 1 to LONGEST_NAME characters that can all be seen."""
    _check_text(field, text, LONGEST_NAME, breaks="")


def check_description(field: str, text: object) -> None:
    """Raise InvalidError unless this is a text, possibly of several lines, of 1 to LONGEST_DESCRIPTION characters."""
    _check_text(field, text, LONGEST_DESCRIPTION, breaks="\n")


def check_reason(field: str, text: object) -> None:
    """Raise InvalidError unless this is a line of 1 to LONGEST_REASON characters that can all be seen."""
    _check_text(field, text, LONGEST_REASON, breaks="")


def check_email(field: str, text: object) -> None:
    """Raise InvalidError unless mail can be sent to this, in small letters too, in which some addresses are kept.

    Django's validator looks without regard to case: U+0130, U+0131, U+017F and U+212A pass for letters of ASCII. As
    small letters or as capitals they are others, or two, which makes another address of it.
    """
    small = text.lower() if isinstance(text, str) else text
    _check(field, small, LONGEST_EMAIL, _is_email, "is not an email address")
    if not str(text).partition("@")[0].isascii():
        raise InvalidError(field, "is not an email address")


def check_website(field: str, text: object) -> None:
    """Raise InvalidError unless this is an https address: people are shown it as a link."""
    _check(field, text, LONGEST_WEBSITE, _is_website, "is not an address that begins with https://")


def _check_text(field: str, text: object, longest: int, *, breaks: str) -> None:
    if not isinstance(text, str) or not text.strip() or text != text.strip():
        raise InvalidError(field, "is a text, with nothing blank around it")
    if len(text) > longest:
        raise InvalidError(field, f"has at most {longest} characters")
    if any(_is_unseen(letter) for letter in text if letter not in breaks):
        raise InvalidError(field, "holds a line break or another character that cannot be seen")


def _is_unseen(letter: str) -> bool:
    """Controls, marks that turn the direction of writing, lone surrogates, line and paragraph separators (Unicode)."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _check(field: str, text: object, longest: int, test: Callable[[str], None], otherwise: str) -> None:
    try:
        if not isinstance(text, str) or len(text) > longest:
            raise InvalidError(field, f"{otherwise} of at most {longest} characters")
        test(text)
    except ValidationError:
        raise InvalidError(field, otherwise) from None
