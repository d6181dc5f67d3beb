"""How an app's secret is kept."""

import hashlib


def digest(salt: bytes, secret: str) -> bytes:
    """Salted SHA-256. Enough for 256 random bits (ASVS 6.5.2), and 50 times cheaper than a password's hash."""
    return hashlib.sha256(salt + secret.encode("utf-8", "surrogatepass")).digest()
