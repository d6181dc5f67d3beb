"""Whom an identity provider knows, and making it forget somebody."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE
from consentry.schools.queries import school_id
from tests.project.sign_in.conftest import SsoSchool, with_sso
from tests.project.sign_in.openid_provider import AUTHLIB_WARNS, Browser, OpenIdProvider
from tests.world import account_of, add_person

pytestmark = AUTHLIB_WARNS

ASHA = "asha@oakfield.example"
PAGE = "/oakfield/sso-settings/google/people"


@pytest.fixture
def browser(oakfield: SsoSchool, openid: OpenIdProvider) -> Browser:
    """Asha's, where she has come to Oakfield through Google."""
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")
    return browser


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_people_whom_a_provider_knows_are_listed_and_found(browser: Browser) -> None:
    assert "1 person</a> signed in through Google" in page(browser.client, "/oakfield/sso-settings/google")
    assert ASHA in page(browser.client, PAGE)
    assert "1 linked account" in page(browser.client, f"{PAGE}?q=ASHA&page=7")
    assert "Nobody matches" in page(browser.client, f"{PAGE}?q=tom")
    assert "Nobody is linked yet" in page(browser.client, PAGE.replace("google", "microsoft"))


def test_the_list_is_sorted_by_its_headings_and_taken_away(
    browser: Browser, oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    add_person(oakfield.site, "Tom Reed", OFFICE, email="a.tom@oakfield.example")
    openid.knows("g-tom", email="a.tom@oakfield.example", email_verified=True)
    Browser().sign_in(oakfield.google, "g-tom")

    def names(query: str) -> list[str]:
        lines = page(browser.client, f"{PAGE}/list.csv{query}").splitlines()[1:]
        return [line.split(",")[0].strip('"') for line in lines]

    assert names("") == names("?sort=nothing&page=9") == ["Asha Oakfield", "Tom Reed"]
    assert names("?sort=-name") == names("?sort=email") == names("?sort=-linked") == ["Tom Reed", "Asha Oakfield"]
    assert names("?q=tom") == ["Tom Reed"]
    shown = page(browser.client, f"{PAGE}?sort=-name")
    assert shown.index("Tom Reed") < shown.index("Asha Oakfield</td>")
    assert 'aria-sort="descending"' in shown
    assert f'href="{PAGE}/list.xlsx?sort=-name"' in shown
    answer = browser.client.get(f"{PAGE}/list.xlsx")
    assert "oakfield-linked-to-google" in answer["Content-Disposition"]


def test_who_is_unlinked_is_found_by_email_the_next_time(
    browser: Browser, oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    openid.knows("g-new", email=ASHA, email_verified=True)
    assert Browser().sign_in(oakfield.google, "g-new").status_code == 403

    answer = browser.client.post(f"{PAGE}/{oakfield.account.id}/unlink", follow=True)

    assert "Asha Oakfield is unlinked" in answer.content.decode()
    assert Browser().sign_in(oakfield.google, "g-new").status_code == 302
    assert SocialAccount.objects.get().uid == "g-new"
    with reading(school_id(oakfield.site)):
        assert Event.objects.filter(name="sso.unlinked", details__provider=oakfield.google).count() == 1


def test_only_who_may_change_the_settings_unlinks(
    browser: Browser, oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    add_person(oakfield.site, "Tom Reed", OFFICE, email="tom@oakfield.example")
    openid.knows("g-tom", email="tom@oakfield.example", email_verified=True)
    tom = Browser()
    tom.sign_in(oakfield.google, "g-tom")

    looked = [tom.client.get(address) for address in (PAGE, f"{PAGE}/list.csv")]
    for answer in (*looked, tom.client.post(f"{PAGE}/{oakfield.account.id}/unlink")):
        assert (answer.status_code, "School: User Accounts: Administer" in answer.content.decode()) == (403, True)
    assert SocialAccount.objects.count() == 2


def test_another_sites_people_and_unknown_numbers_are_not_found(browser: Browser, oakfield: SsoSchool) -> None:
    meadow = with_sso("meadow")
    theirs = account_of(meadow.asha, meadow.site).id

    for number in (theirs, 987_654_321, 10**17):
        assert browser.client.post(f"{PAGE}/{number}/unlink").status_code == 404
    assert browser.client.post(f"{PAGE.replace('google', 'microsoft')}/{oakfield.account.id}/unlink").status_code == 404
    assert browser.client.get("/meadow/sso-settings/google/people").status_code == 302
    assert SocialAccount.objects.count() == 1
