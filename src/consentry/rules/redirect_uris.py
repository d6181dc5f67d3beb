"""Where an app may be sent back to with a code: one spelling of each address, so that equal is the only match."""

import re
from urllib.parse import urlsplit

MOST = 10
LONGEST = 500
_LOOPBACK = {"127.0.0.1", "localhost"}
_LETTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()+,;=%*]+")
"""Those of a URI (RFC 3986, appendix A)."""
_BAD_PERCENT = re.compile(r"%(?![0-9A-F]{2})")


def fault_of(uri: object) -> str:
    """Why this cannot be registered, "" when it can.

    Sources: RFC 6749, 3.1.2 (absolute, no fragment); RFC 9700, 2.1 and 4.1 (compared exactly, no wildcards); RFC 8252,
    7.3 and 8.3 (http for a program on one's own machine). Not [::1]: a page's policy cannot name it as where a form
    leads (CSP 3, host-source).
    """
    if not isinstance(uri, str) or not uri or len(uri) > LONGEST:
        return f"is an address of 1 to {LONGEST} characters"
    if not _LETTERS.fullmatch(uri) or _BAD_PERCENT.search(uri):
        return "holds a character that an address cannot have; %-codes are written with capital letters"
    for letter, name in {"#": "fragment (#)", "*": "wildcard (*)", "?": "query (?): use state instead"}.items():
        if letter in uri:
            return f"has no {name}"
    return _fault_of_parts(uri)


def _fault_of_parts(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address"
    if "@" in parts.netloc:
        return "has no name or password before the host"
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", host) or parts.netloc not in {host, f"{host}:{port}"}:
        return "names its host in small letters, digits, dashes and dots, and a port by its number"
    if not parts.path.startswith("/") or {".", ".."} & set(parts.path.split("/")):
        return "has a path that begins with / and goes nowhere up"
    return _fault_of_scheme(uri, host, port)


def _fault_of_scheme(uri: str, host: str, port: int | None) -> str:
    if uri.startswith("https://"):
        return "leaves the port out where it is 443" if port == 443 else ""  # noqa: PLR2004 - of https
    if uri.startswith("http://") and host in _LOOPBACK and port is not None:
        return ""
    return "begins with https://, or with http://127.0.0.1: or http://localhost: and a port while you develop"
