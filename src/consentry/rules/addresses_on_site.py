"""The addresses from which people at a school reach the service, as somebody types them: one or a range to a line."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from consentry.rules.invalid import InvalidError

MOST = 100
_LONGEST_SHOWN = 60
_FIELD = "addresses_on_site"
_WHAT_IS_WANTED = "write one address or one range to a line, such as 203.0.113.7 or 203.0.113.0/28"


def read_addresses(text: str) -> tuple[str, ...]:
    """The addresses and ranges of these lines, each in its shortest form and once. Empty lines say nothing.

    Raises InvalidError that names every line that cannot be used and why.
    """
    wrong: list[str] = []
    found: dict[str, None] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if written := line.strip():
            try:
                found[_shortest(written)] = None
            except ValueError as why:
                wrong.append(f"line {number}: {why}")
    if wrong:
        raise InvalidError(_FIELD, f"{'; '.join(wrong)}. {_WHAT_IS_WANTED.capitalize()}")
    if len(found) > MOST:
        raise InvalidError(_FIELD, f"{len(found)} lines are too many: at most {MOST}. Write them as ranges")
    return tuple(found)


def is_on_site(address: str, addresses: Iterable[str]) -> bool:
    """Whether somebody at this address is on site; what is no address is not."""
    try:
        here = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(here, "ipv4_mapped", None)
    return any((mapped or here) in ip_network(each) for each in addresses)


def _shortest(written: str) -> str:
    network = _network(written)
    if network.prefixlen == 0:
        raise ValueError(f"“{written}” is the whole internet")
    return str(network.network_address) if network.num_addresses == 1 else str(network)


def _network(written: str) -> IPv4Network | IPv6Network:
    try:
        around = ip_network(written, strict=False)
    except ValueError as unknown:
        raise ValueError(f"“{written[:_LONGEST_SHOWN]}” is not an address") from unknown
    if "%" in written:
        raise ValueError(f"“{written[:_LONGEST_SHOWN]}” is an address within one machine")
    if "/" in written and str(around.network_address) != str(ip_address(written.partition("/")[0])):
        raise ValueError(f"“{written}” begins in the middle of a range, which is {around}")
    return around
