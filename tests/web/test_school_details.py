"""School > School Details: everybody sees them, some change them."""

import re

import pytest
from django.test import Client
from tests.web.conftest import Oakfield, signed_in
from tests.world import add_person, add_school, add_trust

from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR
from consentry.schools.models import Life
from consentry.schools.queries import site_by_slug

PAGE, EDIT = "/oakfield/school-details", "/oakfield/school-details/edit"


def typed(client: Client, **new: str) -> dict[str, str]:
    """The form as it stands, with these changes."""
    form = client.get(EDIT).text
    fields = dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', form))
    empty = dict.fromkeys(re.findall(r'<input type="text" name="(\w+)"', form), "")
    return empty | {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"} | new


def test_everybody_sees_the_number_of_the_school(tom: Client, oakfield: Oakfield) -> None:
    """URN (your school number): you can see this in School > School Details."""
    page = tom.get(PAGE).text

    assert 'href="/oakfield/school-details" aria-current="page"' in page
    assert f"<dt>URN</dt>\n      <dd>\n        {oakfield.site.urn}" in page
    laestab = oakfield.site.laestab or ""
    assert f"{laestab[:3]}/{laestab[3:]}" in page
    assert "Live site" in page
    assert "Not entered yet" in page


def test_who_may_not_change_them_is_told_which_permission_is_missing(tom: Client) -> None:
    page = tom.get(PAGE).text
    button = re.search(r"<button[^>]*>Edit</button>", page)

    assert button is not None
    assert "disabled" in button[0]
    assert 'aria-describedby="edit-lacks"' in button[0]
    assert "School: General Admin: Administer" in page
    assert tom.get(EDIT).status_code == 403
    assert tom.post(EDIT, {"name": "Mine"}).status_code == 403
    assert site_by_slug("oakfield").name == "Oakfield School"


def test_what_is_changed_is_saved_and_said(asha: Client) -> None:
    answer = asha.post(EDIT, typed(asha, name="Oakfield Academy", postcode="bs14dj"))

    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    page = asha.get(PAGE).text
    assert "School Details saved. Changed: name and postcode." in page
    assert "<b>Oakfield Academy</b>" in page
    assert "BS1 4DJ" in page
    assert asha.post(EDIT, typed(asha)).status_code == 303
    assert "Nothing was changed" in asha.get(PAGE).text


def test_what_cannot_be_is_said_at_the_field_and_what_was_typed_stays(asha: Client, oakfield: Oakfield) -> None:
    """A URN that another site has is refused at the field."""
    elmwood = add_school("elmwood")

    page = asha.post(EDIT, typed(asha, name="", urn=elmwood.urn or "", town="Bath", postcode="BS1")).text

    assert "Error: Edit School Details" in page
    assert 'href="#id_name">Enter the name.</a>' in page
    page = asha.post(EDIT, typed(asha, urn=elmwood.urn or "", town="Bath", postcode="BS1")).text
    assert 'href="#id_urn">Another site has this URN already.</a>' in page
    assert 'href="#id_postcode">This is not a UK postcode, such as BS1 4DJ.</a>' in page
    assert 'name="town" value="Bath"' in page
    assert '<label for="id_urn">URN' in page


def test_nobody_saves_over_what_they_have_not_seen(asha: Client) -> None:
    mine = typed(asha, town="Bristol")
    asha.post(EDIT, typed(asha, town="Bath"))

    late = asha.post(EDIT, mine)

    assert late.status_code == 409
    assert "Somebody else changed these details while you were editing them" in late.text
    assert 'name="town" value="Bristol"' in late.text
    seen = re.search(r'name="seen" value="(\w+)"', late.text)
    assert seen is not None
    assert asha.post(EDIT, mine | {"seen": seen[1]}).status_code == 303
    assert site_by_slug("oakfield").town == "Bristol"


def test_a_dummy_site_says_that_it_is_one(database: str) -> None:
    site = add_school(life=Life.DUMMY)

    page = signed_in(add_person(site)).get(PAGE).text

    assert "Dummy site: its records will be replaced before it goes live" in page


def test_the_form_writes_the_laestab_as_the_page_does(asha: Client, oakfield: Oakfield) -> None:
    laestab = oakfield.site.laestab or ""
    assert f'value="{laestab[:3]}/{laestab[3:]}"' in asha.get(EDIT).text


def test_a_trust_has_a_name_and_an_address_alone(database: str) -> None:
    ruth = signed_in(add_person(add_trust(), "Ruth Fox", TRUST_ADMINISTRATOR))

    page = ruth.get("/harbour-trust/school-details").text
    form = ruth.get("/harbour-trust/school-details/edit").text

    assert "<h1>Trust Details</h1>" in page
    assert "School Details" not in page
    assert "URN" not in page + form
    assert 'name="postcode"' in form


@pytest.mark.parametrize("bad", ["a\0b", "x" * 100_000, "<b>"])
def test_no_text_breaks_the_form(asha: Client, bad: str) -> None:
    for name in ("name", "urn", "laestab", "town", "postcode", "seen"):
        answer = asha.post(EDIT, typed(asha, **{name: bad}))
        assert answer.status_code in {200, 303, 409}
        assert 'value="<b>' not in answer.text
