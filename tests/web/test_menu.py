"""The menu of a site: what pages.md lays down, for those who may open it."""

import re

from django.test import Client
from tests.web.conftest import Oakfield, signed_in
from tests.world import add_person, add_trust

from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF


def menu(client: Client, slug: str) -> dict[str, list[str]]:
    """The labels under each section."""
    page = client.get(f"/{slug}/").text
    wide = page[page.index('class="sidebar__wide"') : page.index('class="sidebar__narrow"')]
    sections = re.findall(r'site-menu__section">([^<]+)</p>(.*?)</div>', wide, re.DOTALL)
    return {section: re.findall(r"<a [^>]+>([^<]+)</a>", links) for section, links in sections}


def test_an_administrator_of_a_school_has_all_of_it(asha: Client) -> None:
    found = menu(asha, "oakfield")

    assert list(found) == ["Overview", "System", "School"]
    assert found["System"] == [
        "Partner Apps (API Users)",
        "Partner directory",
        "Receipts",
        "Users",
        "Permissions",
        "Login History",
        "SSO Settings",
    ]
    assert found["School"] == [
        "School Details",
        "School Calendar",
        "Courses",
        "Registration forms",
        "Registers",
        "Attendance API Submissions",
    ]


def test_a_page_that_a_person_may_not_open_is_not_in_it(tom: Client) -> None:
    found = menu(tom, "oakfield")

    assert found["System"] == ["Partner Apps (API Users)", "Partner directory", "Receipts"]
    assert found["School"] == [
        "School Details",
        "School Calendar",
        "Courses",
        "Registration forms",
        "Attendance API Submissions",
    ], "which are for everybody to see"


def test_a_trust_has_its_own_pages(oakfield: Oakfield) -> None:
    trust = add_trust()
    ruth = signed_in(add_person(trust, "Ruth Fox", TRUST_ADMINISTRATOR))
    eve = signed_in(add_person(trust, "Eve Long", TRUST_STAFF))

    assert menu(ruth, trust.slug)["Trust"] == ["Partner Apps across schools", "Schools", "Group Staff", "Trust Details"]
    assert menu(eve, trust.slug)["Trust"] == ["Schools", "Trust Details"]


def test_every_line_leads_to_a_page_that_opens(asha: Client, oakfield: Oakfield) -> None:
    trust = add_trust()
    ruth = signed_in(add_person(trust, "Ruth Fox", TRUST_ADMINISTRATOR))
    for client, slug in ((asha, "oakfield"), (ruth, trust.slug)):
        page = client.get(f"/{slug}/").text
        wide = page[page.index('class="sidebar__wide"') : page.index('class="sidebar__narrow"')]
        links = re.findall(r'href="([^"]+)"', wide)
        opened = {link: client.get(link).status_code for link in links}
        assert len(opened) >= 8
        assert set(opened.values()) == {200}, opened
