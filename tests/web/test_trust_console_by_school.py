"""The trust console, of one school alone: where the Home of a trust leads for each school at which requests wait."""

import pytest
from django.test import Client
from tests.web.conftest import Rivers
from tests.world import add_app, add_person, approve, ask

PAGE = "/two-rivers/apps-by-school"


def row(app: str) -> str:
    """What a row of the table has of the app."""
    return f">{app}</a>"


def test_the_table_shows_what_stands_so_at_one_school(noah: Client, rivers: Rivers) -> None:
    ask(add_app("Lunchline", "Lunch Co"), rivers.brook)
    approve(ask(add_app("Bell Ringer"), rivers.oakfield), add_person(rivers.oakfield))

    def shows(query: str) -> tuple[bool, bool]:
        page = noah.get(f"{PAGE}?{query}").text
        return row("Bell Ringer") in page, row("Lunchline") in page

    assert shows("school=oakfield&state=approved") == (True, False)
    assert shows("school=oakfield&state=pending") == (False, False)
    assert shows("school=brook-lane&sort=-waiting") == (False, True)
    assert shows("state=approved") == (True, False)


def test_the_school_is_kept_in_the_form_and_in_the_file(noah: Client, rivers: Rivers) -> None:
    ask(add_app("Lunchline", "Lunch Co"), rivers.brook)

    page = noah.get(f"{PAGE}?school=brook-lane&state=pending").text

    assert '<option value="brook-lane" selected>Brook Lane School</option>' in page
    assert f'href="{PAGE}/list.csv?state=pending&amp;school=brook-lane"' in page
    assert "Lunchline" in noah.get(f"{PAGE}/list.csv?school=brook-lane").text
    assert "Lunchline" not in noah.get(f"{PAGE}/list.csv?school=oakfield").text


@pytest.mark.parametrize("school", ["elsewhere", "", "%ff", "x" * 3000])
def test_a_school_that_is_none_of_the_trusts_is_not_asked_for(noah: Client, rivers: Rivers, school: str) -> None:
    ask(add_app("Lunchline", "Lunch Co"), rivers.brook)

    assert row("Lunchline") in noah.get(f"{PAGE}?school={school}").text
