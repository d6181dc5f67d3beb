"""Sealing what must stay secret in the database and be read again: AES-256-GCM under the deployment's own keys."""

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = b"\x01"
_NAME, _NONCE, _KEY = 4, 12, 32
_HEAD = len(_FORM) + _NAME


SECOND_FACTOR = "second factor"
"""The purpose of what is secret of people's second factors."""


class CannotUnsealError(Exception):
    """What was sealed does not open: for another purpose, by a key that is not configured any more, or changed."""


def seal(purpose: str, clear: bytes) -> bytes:
    """The sealed form of these bytes, another each time.

    `purpose` says what it is and whose ("identity provider 7"): it opens for the same purpose alone, so that nobody who
    can write rows can move it to another one. Source: NIST SP 800-38D (the purpose is the associated data).
    """
    name, cipher = next(iter(_ciphers().items()))
    nonce = secrets.token_bytes(_NONCE)
    return _FORM + name + nonce + cipher.encrypt(nonce, clear, purpose.encode())


def unseal(purpose: str, sealed: bytes | memoryview) -> bytes:
    """What was sealed for this purpose, by any of the configured keys. Raises CannotUnsealError."""
    held = bytes(sealed)
    cipher = _ciphers().get(held[len(_FORM) : _HEAD])
    if not held.startswith(_FORM) or cipher is None:
        raise CannotUnsealError(purpose)
    try:
        return cipher.decrypt(held[_HEAD : _HEAD + _NONCE], held[_HEAD + _NONCE :], purpose.encode())
    except (InvalidTag, ValueError) as changed:  # ValueError: too short to be one
        raise CannotUnsealError(purpose) from changed


def resealed(purpose: str, sealed: bytes | memoryview) -> bytes | None:
    """The same under the first configured key; None where that has sealed it already. Raises CannotUnsealError."""
    clear = unseal(purpose, sealed)
    is_current = bytes(sealed)[len(_FORM) : _HEAD] == next(iter(_ciphers()))
    return None if is_current else seal(purpose, clear)


def _ciphers() -> dict[bytes, AESGCM]:
    """A cipher for each configured key, by the name that stands before what it sealed; the first one seals."""
    return _made_of(settings.CONFIG.field_keys)


@cache
def _made_of(keys: tuple[str, ...]) -> dict[bytes, AESGCM]:
    return {_derived(key, b"name", _NAME): AESGCM(_derived(key, b"key", _KEY)) for key in keys}


def _derived(key: str, use: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"consentry sealed " + use).derive(key.encode())
