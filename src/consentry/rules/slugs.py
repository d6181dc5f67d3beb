"""Which first parts of an address cannot be a site's."""

import re

RESERVED = frozenset({
    "accounts", "graphql", "health", "ims", "logos", "media", "oauth", "operator", "partners", "rest-v2", "static",
    "well-known",
})  # fmt: skip
"""The shared addresses and the surfaces' names (they must stay reachable beside the sites)."""

_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60


def is_usable(slug: str) -> bool:
    """Whether a site may be addressed as `/{slug}/…`: lower-case letters, digits, single dashes, no reserved word."""
    return len(slug) <= LONGEST and slug not in RESERVED and _SHAPE.fullmatch(slug) is not None
