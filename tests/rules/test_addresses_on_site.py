"""The addresses on site that somebody types, one or a range to a line."""

import pytest

from consentry.rules.addresses_on_site import MOST, is_on_site, read_addresses
from consentry.rules.invalid import InvalidError


def test_addresses_and_ranges_are_read_once_each_in_their_shortest_form() -> None:
    typed = " 203.0.113.7\r\n\n203.0.113.0/28\n2001:db8:0::1\n2001:DB8::/32\n203.0.113.7/32\n"

    assert read_addresses(typed) == ("203.0.113.7", "203.0.113.0/28", "2001:db8::1", "2001:db8::/32")
    assert read_addresses("") == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("203.0.113.7\nthe office", "line 2: “the office” is not an address"),
        ("203.0.113.256", "line 1: “203.0.113.256” is not an address"),
        ("\n203.0.113.5/28", "line 2: “203.0.113.5/28” begins in the middle of a range, which is 203.0.113.0/28"),
        ("0.0.0.0/0", "line 1: “0.0.0.0/0” is the whole internet"),
        ("::/0", "line 1: “::/0” is the whole internet"),
        ("203.0.113.0/33", "line 1"),
        ("203.0.113.0/255.255.255.0/2", "line 1"),
        ("1\n2001:db8::%eth0", "line 1: “1” is not an address; line 2:"),
        ("\x00", "line 1"),
    ],
)
def test_every_line_that_cannot_be_used_is_named(typed: str, said: str) -> None:
    with pytest.raises(InvalidError) as refused:
        read_addresses(typed)

    assert said in refused.value.reason
    assert refused.value.field == "addresses_on_site"


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(InvalidError, match="too many"):
        read_addresses("\n".join(f"203.0.{number // 250}.{number % 250}" for number in range(MOST + 1)))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.7", True),
        ("203.0.113.15", True),
        ("203.0.113.16", False),
        ("::ffff:203.0.113.7", True),
        ("2001:db8:1::5", True),
        ("2001:db9::5", False),
        ("", False),
        ("unknown", False),
    ],
)
def test_somebody_is_on_site_at_one_of_the_addresses(address: str, *, expected: bool) -> None:
    assert is_on_site(address, ["203.0.113.0/28", "2001:db8::/32"]) is expected
    assert is_on_site(address, []) is False
