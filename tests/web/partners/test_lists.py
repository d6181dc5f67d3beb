"""A company's apps and members: searched, filtered, sorted, and as a file."""

import csv
import io

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.partners.conftest import own_app

from consentry.partners.models import App, CompanyMember


@pytest.fixture
def others(jo: CompanyMember, app: App) -> None:
    for name in ("lunchline", "Attendance"):
        own_app(jo, name)


def names(client: Client, address: str) -> list[str]:
    """What stands in the file that is shown, in its order."""
    heading, *rows = csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
    assert heading[0] in {"App", "Name"}
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Attendance", "lunchline", "Timetabler"]),
        ("?sort=-name", ["Timetabler", "lunchline", "Attendance"]),
        ("?q=LUNCH", ["lunchline"]),
        ("?q=timetabling", ["Attendance", "lunchline", "Timetabler"]),
        ("?stage=accepted", []),
        ("?stage=nonsense&sort=nonsense&page=99999999", ["Attendance", "lunchline", "Timetabler"]),
    ],
)
def test_apps_are_searched_filtered_and_sorted(
    client: Client, home: str, others: None, query: str, wanted: list[str]
) -> None:
    page = client.get(f"{home}/apps{query}").text
    for name in ("Attendance", "lunchline", "Timetabler"):
        assert (f">{name}</a>" in page) is (name in wanted)
    assert names(client, f"{home}/apps/list.csv{query}") == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["Dev Rao", "Jo Bell", "Rita Moss"]),
        ("?sort=-name", ["Rita Moss", "Jo Bell", "Dev Rao"]),
        ("?sort=role", ["Jo Bell", "Dev Rao", "Rita Moss"]),
        ("?q=rita%40", ["Rita Moss"]),
        ("?role=developer", ["Dev Rao"]),
        ("?role=x&page=-1", ["Dev Rao", "Jo Bell", "Rita Moss"]),
    ],
)
def test_members_are_searched_filtered_and_sorted(
    client: Client, home: str, dev: CompanyMember, reader: CompanyMember, query: str, wanted: list[str]
) -> None:
    page = client.get(f"{home}/members{query}")
    assert page.status_code == 200
    assert names(client, f"{home}/members/list.csv{query}") == wanted


def test_lists_are_for_members_alone(client: Client, home: str, dev: CompanyMember, reader: CompanyMember) -> None:
    stranger = Client()
    for address in (f"{home}/apps/list.xlsx", f"{home}/members/list.csv"):
        assert stranger.get(address).status_code == 302
        assert signed_in(reader.user).get(address).status_code == 200
    assert "No app yet" in client.get(f"{home}/apps").text
    assert "No member matches" in client.get(f"{home}/members?q=nobody").text
