"""Login History: the attempts to sign in at a site in the last thirty days, and one's own last fifty."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.conftest import Oakfield, signed_in
from tests.world import account_of, add_person, add_school

from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.note_sign_in import SignInFacts, note_sign_in_of, note_stranger
from consentry.people.models import Outcome, User
from consentry.people.queries.sign_ins import DAYS, LAST
from consentry.schools.models import Site
from consentry.schools.queries import school_id

PAGE = "/oakfield/login-history"


def note(
    person: User,
    site: Site,
    outcome: Outcome = Outcome.SIGNED_IN,
    *,
    days_ago: float = 0,
    provider: str = "password",
    second_factor: str = "",
    address: str = "192.0.2.7",
) -> None:
    """The person tries to sign in, so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    facts = SignInFacts(at, provider, second_factor, address, "Firefox 140 on Ubuntu")
    note_sign_in_of([account_of(person, site)], outcome=outcome, facts=facts)


def note_nobody(site: Site) -> None:
    """A provider vouches for somebody who is nobody here."""
    facts = SignInFacts(timezone.now(), "google", address="198.51.100.1")
    note_stranger(school_id(site), outcome=Outcome.NO_MATCH, facts=facts)


@pytest.fixture
def attempts(oakfield: Oakfield) -> Oakfield:
    """Asha signed in twice, Tom once by Google; Tom mistyped his password; Google sent a stranger."""
    site = oakfield.site
    note(oakfield.asha, site, days_ago=2, second_factor="authenticator app")
    note(oakfield.asha, site)
    note(oakfield.tom, site, provider="google", address="2001:db8::1")
    note(oakfield.tom, site, Outcome.WRONG_PASSWORD)
    note_nobody(site)
    return oakfield


def rows(page: str) -> list[list[str]]:
    """The cells of each row of the list, as words."""
    body = re.search(r'<tbody role="rowgroup">(.*?)</tbody>', page, re.DOTALL)
    lines = re.findall(r'<tr role="row">(.*?)</tr>', body[1], re.DOTALL) if body else []
    return [[_words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL)] for line in lines]


def _words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def users(client: Client, **query: str) -> list[str]:
    """Whose rows the list has, by the first names."""
    return [row[1].split()[0] for row in rows(client.get(PAGE, query).text)]


def test_each_attempt_is_told_with_all_that_is_known(asha: Client, attempts: Oakfield) -> None:
    """Time, user, type of user, identity provider, second factor, address, browser, outcome, failed ones too."""
    found = rows(asha.get(PAGE, {"sort": "when"}).text)

    assert [row[1:] for row in found] == [
        ["Asha Patel", "Staff member", "Password", "Authenticator app",
         "192.0.2.7 Firefox 140 on Ubuntu", "Signed in"],
        ["Asha Patel", "Staff member", "Password", "None",
         "192.0.2.7 Firefox 140 on Ubuntu", "Signed in"],
        ["Tom Reed", "Staff member", "Google", "None",
         "2001:db8::1 Firefox 140 on Ubuntu", "Signed in"],
        ["Tom Reed", "Staff member", "Password", "None",
         "192.0.2.7 Firefox 140 on Ubuntu", "Wrong password"],
        ["Nobody found", "Not known", "Google", "None", "198.51.100.1", "No staff member with that email"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Nobody", "Tom", "Tom", "Asha", "Asha"]),
        ({"q": "reed"}, ["Tom", "Tom"]),
        ({"q": "ASHA.PATEL@"}, ["Asha", "Asha"]),
        ({"q": "2001:db8"}, ["Tom"]),
        ({"q": "%"}, []),
        ({"type": "staff"}, ["Tom", "Tom", "Asha", "Asha"]),
        ({"type": "guardian"}, []),
        ({"provider": "google"}, ["Nobody", "Tom"]),
        ({"outcome": "failed"}, ["Nobody", "Tom"]),
        ({"outcome": "wrong_password"}, ["Tom"]),
        ({"outcome": "signed_in", "provider": "password"}, ["Asha", "Asha"]),
        ({"sort": "user"}, ["Asha", "Asha", "Tom", "Tom", "Nobody"]),
        ({"sort": "-user"}, ["Tom", "Tom", "Asha", "Asha", "Nobody"]),
        ({"sort": "provider", "outcome": "failed"}, ["Nobody", "Tom"]),
        ({"page": "99"}, ["Nobody", "Tom", "Tom", "Asha", "Asha"]),
        ({"type": "x", "provider": "'", "outcome": "0", "sort": "password", "page": "-1"}, ["Nobody", "Tom", "Tom",
         "Asha", "Asha"]),
    ],
)  # fmt: skip
def test_the_list_is_filtered_sorted_and_searched_by_its_address(
    asha: Client, attempts: Oakfield, query: dict[str, str], found: list[str]
) -> None:
    """Filter by user type, provider and outcome; what is not understood falls back to the usual."""
    assert users(asha, **query) == found


def test_every_heading_sorts_both_ways(asha: Client, attempts: Oakfield) -> None:
    page = asha.get(PAGE).text
    links = re.findall(r'<a href="(/oakfield/login-history\?sort=[^"]+)"', page)

    assert len(links) == 7
    for link in links:
        turned = link.replace("sort=", "sort=-")
        assert sorted(map(str, rows(asha.get(link).text))) == sorted(map(str, rows(asha.get(turned).text)))


def test_the_last_thirty_days_are_told_and_no_more(asha: Client, oakfield: Oakfield) -> None:
    note(oakfield.asha, oakfield.site, days_ago=DAYS - 1)
    note(oakfield.tom, oakfield.site, days_ago=DAYS + 1)

    assert users(asha) == ["Asha"]


def test_what_happens_at_another_site_is_told_there_alone(asha: Client, oakfield: Oakfield) -> None:
    elmwood = add_school("elmwood")
    note(add_person(elmwood, "Lee Hart"), elmwood)
    note_nobody(elmwood)

    assert users(asha) == []
    assert "Nobody has signed in in the last 30 days" in asha.get(PAGE).text


def test_pages_have_a_count_and_keep_the_filter(asha: Client, oakfield: Oakfield) -> None:
    for _ in range(30):
        note(oakfield.tom, oakfield.site)
    note(oakfield.asha, oakfield.site, Outcome.WRONG_PASSWORD)

    first = asha.get(PAGE, {"outcome": "signed_in"}).text

    assert "1 to 25 of 30 attempts" in first
    assert 'href="/oakfield/login-history?outcome=signed_in&amp;page=2"' in first
    assert len(rows(asha.get(PAGE, {"outcome": "signed_in", "page": "2"}).text)) == 5


def test_a_picture_shows_the_sign_ins_by_day_with_a_sentence_and_a_table(asha: Client, attempts: Oakfield) -> None:
    """A chart of sign-ins by day; no picture without a sentence that says what it shows."""
    page = asha.get(PAGE).text
    (table,) = re.findall(r'<table class="table table--small">(.*?)</table>', page, re.DOTALL)
    cells = re.findall(r"<td>(.*?)</td>", table)

    assert "5 attempts in the last 30 days, the most on" in page
    assert "Of these 2 failed, shown on top of the bars." in page
    assert page.count("<rect") == 3, "a bar for each of two days, and the failed ones of one on top"
    assert len(cells) == 3 * DAYS
    assert cells[1:3] == ["2", "2"]
    assert "style=" not in page


def test_the_picture_follows_the_filter(asha: Client, attempts: Oakfield) -> None:
    page = asha.get(PAGE, {"q": "asha"}).text

    assert "2 attempts in the last 30 days" in page
    assert "None failed." in page


def test_what_is_shown_can_be_taken_away_and_no_spreadsheet_finds_a_formula(asha: Client, oakfield: Oakfield) -> None:
    """Download of what is shown, safe against formula injection."""
    rascal = add_person(oakfield.site, '=HYPERLINK("http://evil.example")', OFFICE, email="rascal@example.org")
    note(rascal, oakfield.site)
    note(oakfield.asha, oakfield.site, second_factor="passkey")
    link = re.search(r'href="(/oakfield/login-history/list\.csv[^"]*)"', asha.get(PAGE, {"q": "rascal"}).text)
    assert link is not None

    answer = asha.get(unescape(link[1]))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer["Content-Disposition"].startswith('attachment; filename="oakfield-login-history-')
    assert lines[0][:4] == ["Time", "User", "Email", "Type of user"]
    assert [line[1:3] for line in lines[1:]] == [['\'=HYPERLINK("http://evil.example")', "rascal@example.org"]]
    assert asha.get("/oakfield/login-history/list.xlsx").content.startswith(b"PK")


def test_the_number_of_queries_is_the_same_for_few_and_many(asha: Client, oakfield: Oakfield) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert asha.get(page).status_code == 200
        return len(asked)

    pages = (PAGE, "/oakfield/own-sign-ins", f"{PAGE}/list.csv")
    note(oakfield.asha, oakfield.site)
    few = [queries(page) for page in pages]
    for number in range(20):
        person = add_person(oakfield.site, f"Person {number}", OFFICE)
        note(person, oakfield.site)
        note(oakfield.asha, oakfield.site)

    assert [queries(page) for page in pages] == few


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}/list.csv"])
def test_who_lacks_the_permission_is_told_which(tom: Client, page: str) -> None:
    """To view a user's login history you need School: User Accounts: Administer."""
    answer = tom.get(page)

    assert answer.status_code == 403
    assert "School: User Accounts: Administer" in answer.text


def test_a_row_leads_to_the_persons_slide_over(asha: Client, attempts: Oakfield) -> None:
    """Row: the person's slide-over, to disable the account and the like."""
    page = asha.get(PAGE).text
    links = re.findall(r'<a class="row-link"\s+href="([^"]+)"\s+hx-get="([^"]+)">(\w+)', page)

    tom, asha_patel = (
        f"/oakfield/users/{account_of(each, attempts.site).id}" for each in (attempts.tom, attempts.asha)
    )
    assert links == [(tom, tom, "Tom")] * 2 + [(asha_patel, asha_patel, "Asha")] * 2
    assert asha.get(tom, headers={"hx-request": "true"}).status_code == 200


def test_it_is_in_the_menu_of_those_who_may_open_it(asha: Client, tom: Client) -> None:
    assert f'href="{PAGE}"' in asha.get("/oakfield/").text
    assert f'href="{PAGE}"' not in tom.get("/oakfield/").text


def test_everybody_sees_their_own_last_fifty(tom: Client, attempts: Oakfield) -> None:
    """Each person's last 50."""
    for _ in range(LAST):
        note(attempts.tom, attempts.site, provider="microsoft")

    page = tom.get("/oakfield/own-sign-ins").text

    assert 'href="/oakfield/own-sign-ins"' in tom.get("/oakfield/").text
    assert len(rows(page)) == LAST
    assert {row[1] for row in rows(page)} == {"Microsoft"}, "older ones have gone out of sight"


def test_ones_own_say_how_each_ended(tom: Client, attempts: Oakfield) -> None:
    found = rows(tom.get("/oakfield/own-sign-ins").text)

    assert [row[1:] for row in found] == [
        ["Password", "None", "192.0.2.7 Firefox 140 on Ubuntu", "Wrong password"],
        ["Google", "None", "2001:db8::1 Firefox 140 on Ubuntu", "Signed in"],
    ]


def test_without_any_the_page_says_what_will_be_there(oakfield: Oakfield) -> None:
    newcomer = signed_in(add_person(oakfield.site, "New Comer", OFFICE))

    assert "No sign-in is on record yet" in newcomer.get("/oakfield/own-sign-ins").text


@pytest.mark.parametrize("q", ["\0", "x" * 5000, "'; drop table people_signin; --", "\u202e", "\\"])
def test_no_search_breaks_the_page(asha: Client, attempts: Oakfield, q: str) -> None:
    assert asha.get(PAGE, {"q": q}).status_code in {200, 400}
