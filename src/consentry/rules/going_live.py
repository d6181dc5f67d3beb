"""Why a site is not wiped."""

from enum import StrEnum


class WipeRefusal(StrEnum):
    """What stands against wiping a site."""

    LIVE = "live"
    NOT_A_SCHOOL = "not a school"
    SANDBOX = "sandbox"


class WipeRefusedError(Exception):
    """The site's records are not deleted; `why` tells the reason."""

    def __init__(self, why: WipeRefusal) -> None:
        super().__init__(_WORDS[why])
        self.why = why


_WORDS = {
    WipeRefusal.LIVE: "This is a live site: its records are real, and only a dummy site is ever wiped.",
    WipeRefusal.NOT_A_SCHOOL: "This is the site of a trust: it holds no records.",
    WipeRefusal.SANDBOX: "This is a company’s sandbox: it stays what it is, a dummy site of invented people.",
}
