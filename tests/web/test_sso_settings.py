"""System > SSO Settings, as people of a school use it."""

import pytest
from django.test import Client
from tests.web.conftest import Oakfield, signed_in
from tests.world import add_person, add_school, add_trust

from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR
from consentry.people.queries.identity_providers import providers_of, settings_of
from consentry.rules.identity_providers import Vouching
from consentry.schools.queries import school_id

CLIENT = "1f0e2d3c-0000-4000-8000-0123456789ab"
TENANT = "9a8b7c6d-0000-4000-8000-0123456789ab"
GOOGLE = {"client_id": "oakfield.apps.example", "secret": "google-says", "hosted_domain": ""}
PAGE = "/oakfield/sso-settings"


def test_who_may_opens_it_from_the_menu_and_sees_what_is_set(asha: Client) -> None:
    """Managing Single Sign-On settings needs School: User Accounts: Administer."""
    assert f'href="{PAGE}"' in asha.get("/oakfield/").content.decode()

    page = asha.get(PAGE, REMOTE_ADDR="203.0.113.7").content.decode()

    assert "Two-factor authentication" in page
    assert "Nobody is locked out" in page
    assert "You are at 203.0.113.7 now" in page
    assert page.count("Not set up") == 3
    assert "http://testserver/oakfield/sign-in" in page


def test_who_may_not_is_told_which_permission_is_missing(tom: Client) -> None:
    for address in (PAGE, f"{PAGE}/google"):
        for answer in (tom.get(address), tom.post(address, GOOGLE)):
            assert answer.status_code == 403
            assert "School: User Accounts: Administer" in answer.content.decode()
    assert f'href="{PAGE}"' not in tom.get("/oakfield/").content.decode()


def test_a_trust_has_settings_of_its_own(database: str) -> None:
    """At a trust it is User Details: Manage All Users."""
    trust = add_trust()
    lead = signed_in(add_person(trust, "Lee Grant", TRUST_ADMINISTRATOR))

    assert lead.get("/harbour-trust/sso-settings").status_code == 200
    assert lead.post("/harbour-trust/sso-settings", {"second_factor_demanded": "on"}).status_code == 303
    assert settings_of(school_id(trust)).second_factor_demanded


def test_the_switches_are_saved_for_this_site_alone(asha: Client, oakfield: Oakfield) -> None:
    meadow = add_school("meadow")
    sent = {
        "second_factor_demanded": "on",
        "second_factor_skipped_for_sso": "on",
        "addresses_on_site": "127.0.0.1\r\n2001:db8::/32\r\n",
    }

    answer = asha.post(PAGE, sent, follow=True)

    assert "The sign-in settings are saved" in answer.content.decode()
    assert "127.0.0.1\n2001:db8::/32" in answer.content.decode()
    saved = settings_of(school_id(oakfield.site))
    assert (saved.sso_on, saved.second_factor_demanded, saved.second_factor_skipped_for_sso) == (False, True, True)
    assert not settings_of(school_id(meadow)).second_factor_demanded


def test_an_address_that_is_none_is_named_by_its_line_and_nothing_is_lost(asha: Client, oakfield: Oakfield) -> None:
    typed = "203.0.113.7\nthe office <b>\n203.0.113.5/28"

    answer = asha.post(PAGE, {"second_factor_demanded": "on", "addresses_on_site": typed})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Line 2: “the office &lt;b&gt;” is not an address; line 3:" in page
    assert "the office &lt;b&gt;\n203.0.113.5/28</textarea>" in page
    assert 'name="second_factor_demanded" aria-describedby="id_second_factor_demanded_helptext" id=' in page
    assert "checked" in page
    assert not settings_of(school_id(oakfield.site)).second_factor_demanded


def test_single_sign_on_is_not_switched_on_without_a_provider(asha: Client, oakfield: Oakfield) -> None:
    page = asha.post(PAGE, {"sso_on": "on"}).content.decode()

    assert "Set up an identity provider first" in page
    assert not settings_of(school_id(oakfield.site)).sso_on


def test_a_provider_is_set_up_with_the_redirect_address_that_was_shown(asha: Client, oakfield: Oakfield) -> None:
    callback = "http://127.0.0.1:8000/accounts/sso/oakfield-google-1/login/callback/"
    assert callback in asha.get(f"{PAGE}/google").content.decode()

    answer = asha.post(f"{PAGE}/google", GOOGLE, follow=True)

    page = answer.content.decode()
    assert "Google is set up. Switch single sign-on on" in page
    assert callback in page
    assert providers_of(school_id(oakfield.site))[Vouching.GOOGLE].slug == "oakfield-google-1"
    asha.post(PAGE, {"sso_on": "on"})
    assert settings_of(school_id(oakfield.site)).sso_on


def test_the_secret_is_shown_to_nobody_again(asha: Client) -> None:
    asha.post(f"{PAGE}/google", GOOGLE)
    pages = [
        asha.get(PAGE),
        asha.get(f"{PAGE}/google"),
        asha.get(f"{PAGE}/google/remove"),
        asha.post(f"{PAGE}/google", GOOGLE | {"client_id": ""}),
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert not any("google-says" in page.content.decode() for page in pages)


def test_another_tenant_gets_another_redirect_address(asha: Client, oakfield: Oakfield) -> None:
    sent = {"client_id": CLIENT, "tenant": TENANT, "secret": "one"}
    asha.post(f"{PAGE}/microsoft", sent)
    assert "oakfield-microsoft-2/login/callback/" in asha.get(f"{PAGE}/microsoft").content.decode()

    without = asha.post(f"{PAGE}/microsoft", sent | {"tenant": CLIENT, "secret": ""}).content.decode()
    asha.post(f"{PAGE}/microsoft", sent | {"tenant": CLIENT, "secret": "two"})

    assert "Enter the client secret" in without
    assert f'value="{CLIENT}"' in without
    assert providers_of(school_id(oakfield.site))[Vouching.MICROSOFT].slug == "oakfield-microsoft-2"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"tenant": "common"}, "“common” would let in people of any organisation"),
        ({"tenant": "oakfield.onmicrosoft.com"}, "It has the form"),
        ({"tenant": ""}, "This field is required"),
        ({"client_id": "x" * 300}, "at most 200 characters"),
        ({"client_id": "a\0b"}, "Null characters are not allowed"),
        ({"secret": "two words"}, "It is one word"),
    ],
)
def test_what_cannot_be_used_is_told_at_the_field(asha: Client, sent: dict[str, str], said: str) -> None:
    answer = asha.post(f"{PAGE}/microsoft", {"client_id": CLIENT, "tenant": TENANT, "secret": "one"} | sent)

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_provider_is_removed_after_being_asked(asha: Client, oakfield: Oakfield) -> None:
    asha.post(f"{PAGE}/google", GOOGLE)
    asha.post(PAGE, {"sso_on": "on"})
    assert "Remove Google?" in asha.get(f"{PAGE}/google/remove").content.decode()

    page = asha.post(f"{PAGE}/google/remove", follow=True).content.decode()

    assert "Google is removed" in page
    assert providers_of(school_id(oakfield.site)) == {}
    assert not settings_of(school_id(oakfield.site)).sso_on
    assert asha.get(f"{PAGE}/google/remove").status_code == 404
    assert asha.post(f"{PAGE}/google/remove").status_code == 404


def test_another_kind_of_provider_is_not_found(asha: Client) -> None:
    assert asha.get(f"{PAGE}/adfs").status_code == 404


def test_somebody_of_another_site_gets_the_same_404_as_for_no_site(asha: Client) -> None:
    add_school("meadow")

    assert asha.get("/meadow/sso-settings").status_code == asha.get("/nowhere/sso-settings").status_code == 404
