"""Somebody with a browser, played over real HTTP: signs in, opens pages, presses their buttons."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

_TIMEOUT = (3, 30)


class _Forms(HTMLParser):
    """The forms of a page: where each goes, and its hidden inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._inside: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = self.forms.setdefault(given.get("action") or "", {})
        elif tag == "input" and self._inside is not None and given.get("type") == "hidden":
            self._inside[given.get("name") or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None


class PageError(Exception):
    """The page did not hold what the visitor looked for."""


class Visitor:
    """One browser's session at the running server."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.page = ""

    def open(self, path: str) -> str:
        """The page at this path."""
        answer = self.session.get(urljoin(self.base_url, path), timeout=_TIMEOUT)
        answer.raise_for_status()
        self.page = answer.text
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the page that everybody uses."""
        self.open("/accounts/login/")
        self.press("/accounts/login/", login=email, password=password)

    def press(self, action: str, **typed: str) -> str:
        """Send the form that goes to `action`, as the last page holds it."""
        forms = _Forms()
        forms.feed(self.page)
        if action not in forms.forms:
            raise PageError(f"The page has no form that goes to {action}.")
        headers = {"Referer": self.base_url}
        answer = self.session.post(
            urljoin(self.base_url, action), data=forms.forms[action] | typed, headers=headers, timeout=_TIMEOUT
        )
        answer.raise_for_status()
        self.page = answer.text
        return self.page

    def find(self, pattern: str) -> str:
        """The first group of a pattern in the last page. Raises PageError when it is not there."""
        found = re.search(pattern, self.page)
        if found is None:
            raise PageError(f"The page does not hold {pattern}.")
        return found[1]
