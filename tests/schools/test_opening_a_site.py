"""What a site can be opened with: a name in addresses, numbers of a school that there can be, a trust that there is."""

from dataclasses import replace
from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.rules.invalid import InvalidError
from consentry.schools.actions.add_site import NewSite
from consentry.schools.models import Site, SiteKind
from consentry.workflows.open_site import open_site
from tests.world import NOW, add_school, add_trust

OAKFIELD = NewSite("new-oakfield", "Oakfield School", urn="123456", laestab="8601234")


@pytest.fixture(scope="module", autouse=True)
def sites(module_database: str) -> tuple[Site, Site]:
    """A school and a trust that there are already."""
    return add_school("elmwood"), add_trust("harbour-trust")


BAD: list[tuple[dict[str, Any], str, str]] = [
    *(({"slug": slug}, "slug", "lower-case") for slug in ("", "Oak", "oak_field", "-oak", "a--b", "oauth", "rest-v2")),
    ({"slug": "elmwood"}, "slug", "elmwood already"),
    ({"name": "  "}, "name", "empty"),
    *(({"urn": urn}, "urn", "six digits") for urn in (None, "", "12345", "1234567", "12345a")),
    *(({"laestab": number}, "laestab", "seven digits") for number in (None, "", "860123", "860 1234")),
    ({"laestab": "0001234"}, "laestab", "no local authority"),
    ({"trust": "nowhere"}, "trust", "no trust called nowhere"),
    ({"trust": "elmwood"}, "trust", "no trust called elmwood"),
]


@pytest.mark.parametrize(("change", "field", "says"), BAD)
def test_a_site_is_not_opened_with_what_cannot_be(change: dict[str, Any], field: str, says: str) -> None:
    before = Site.objects.count()
    with pytest.raises(InvalidError, match=says) as refused:
        open_site(replace(OAKFIELD, **change), by=OPERATOR, at=NOW)

    assert refused.value.field == field
    assert Site.objects.count() == before


def test_two_schools_never_have_one_urn(sites: tuple[Site, Site]) -> None:
    with pytest.raises(InvalidError, match="URN"):
        open_site(replace(OAKFIELD, urn=sites[0].urn), by=OPERATOR, at=NOW)


def test_a_school_may_belong_to_a_trust_and_a_trust_has_no_numbers(sites: tuple[Site, Site]) -> None:
    school = open_site(replace(OAKFIELD, slug="of-the-trust", trust="harbour-trust"), by=OPERATOR, at=NOW)
    trust = open_site(
        NewSite("other-trust", " Other Trust ", SiteKind.TRUST, urn="654321", laestab="8601235"), by=OPERATOR, at=NOW
    )

    assert school.trust == sites[1]
    assert (trust.name, trust.urn, trust.laestab) == ("Other Trust", None, None)
