"""System > SSO Settings, as people of a school use it."""

import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.project.sign_in.saml_provider import SamlProvider, pair
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, account_of, add_person, add_school, add_trust

from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.provider_details import SamlDetails
from consentry.people.queries.identity_providers import offered_at, providers_of, settings_of
from consentry.rules.identity_providers import Vouching
from consentry.rules.invalid import InvalidError
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


SAML = {
    "client_id": "https://idp.oakfield.example/saml",
    "sign_on_url": "https://idp.oakfield.example/sso",
    "certificates": pair("oakfield-idp").certificate,
    "email_attribute": "mail",
    "name": "Oak Learning",
}


def metadata_file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("idp.xml", data, "text/xml")


def test_a_saml_provider_is_set_up_with_the_addresses_that_were_shown(asha: Client, oakfield: Oakfield) -> None:
    ours = "http://127.0.0.1:8000/accounts/sso/oakfield-saml-1/saml/"
    before = asha.get(f"{PAGE}/saml").content.decode()
    assert f">{ours}<" in before
    assert f'href="{ours}metadata/"' in before

    page = asha.post(f"{PAGE}/saml", SAML, follow=True).content.decode()

    assert "SAML is set up. Switch single sign-on on" in page
    assert "oakfield-idp, until" in page
    found = providers_of(school_id(oakfield.site))[Vouching.SAML]
    assert (found.slug, found.client_id) == ("oakfield-saml-1", SAML["client_id"])
    assert found.saml is not None
    assert (found.saml.name, found.saml.email_attribute) == ("Oak Learning", "mail")
    again = asha.get(f"{PAGE}/saml").content.decode()
    assert 'value="https://idp.oakfield.example/sso"' in again
    assert "oakfield-saml-2/saml/metadata/" in again


def test_a_metadata_file_fills_in_what_it_says(asha: Client, oakfield: Oakfield) -> None:
    told = SamlProvider("https://idp.example").metadata
    sent = {"metadata": metadata_file(told), "email_attribute": "mail", "name": "Oak Learning"}

    assert asha.post(f"{PAGE}/saml", sent).status_code == 303

    found = providers_of(school_id(oakfield.site))[Vouching.SAML]
    assert found.saml is not None
    assert found.saml.sign_on_url == "https://idp.example/sso"
    assert [each.subject for each in found.saml.certificates] == ["oakfield-idp"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a>", "The file cannot be read: not XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a document type, which is refused"),
        (b"x" * 300_000, "more than 256 KB"),
        (SamlProvider("http://idp.example").metadata, "Sign-on address: the address must begin with https://"),
    ],
)
def test_a_metadata_file_that_cannot_be_used_is_told_at_the_file(asha: Client, data: bytes, said: str) -> None:
    answer = asha.post(f"{PAGE}/saml", SAML | {"metadata": metadata_file(data)})

    page = answer.content.decode()
    assert (answer.status_code, said in page) == (200, True)
    assert 'href="#id_metadata"' in page
    assert 'value="mail"' in page


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"client_id": "two words"}, "client_id", "It is one word"),
        ({"client_id": ""}, "client_id", "Enter the provider’s entity ID, or choose its metadata file"),
        ({"sign_on_url": "http://idp.oakfield.example/"}, "sign_on_url", "must begin with https://"),
        ({"sign_on_url": "javascript:alert(1)"}, "sign_on_url", "It is an address such as"),
        ({"certificates": "none"}, "certificates", "one of them is not a certificate"),
        ({"certificates": pair("old", days=-1).certificate}, "certificates", "ended on"),
        ({"certificates": pair("x").key.decode()}, "certificates", "private key"),
        ({"name": "x" * 41}, "name", "at most 40 characters"),
        ({"email_attribute": "a\0b"}, "email_attribute", "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_used_of_saml_is_told_at_the_field(
    asha: Client, oakfield: Oakfield, sent: dict[str, str], field: str, said: str
) -> None:
    page = asha.post(f"{PAGE}/saml", SAML | sent).content.decode()

    assert said.lower() in page.lower()
    assert f'href="#id_{field}"' in page
    assert providers_of(school_id(oakfield.site)) == {}


def test_a_certificate_that_ends_soon_is_warned_of_until_the_next_one_is_there(asha: Client) -> None:
    old, new = pair("ends-soon", days=12).certificate, pair("oakfield-idp").certificate
    asha.post(f"{PAGE}/saml", SAML | {"certificates": old})
    pages = [asha.get(address).content.decode() for address in (PAGE, f"{PAGE}/saml")]
    assert all("Enter the one that takes over from it beside it" in page for page in pages)

    asha.post(f"{PAGE}/saml", SAML | {"certificates": old + new})

    assert "takes over from it beside it" not in asha.get(PAGE).content.decode()


def test_without_its_extra_saml_is_not_offered_and_the_page_says_why(
    asha: Client, oakfield: Oakfield, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha.post(f"{PAGE}/saml", SAML)
    asha.post(PAGE, {"sso_on": "on"})
    assert [each.kind for each in offered_at("oakfield")] == [Vouching.SAML]

    monkeypatch.setitem(sys.modules, "signxml", None)

    for answer in (asha.get(PAGE), asha.get(f"{PAGE}/saml"), asha.post(f"{PAGE}/saml", SAML)):
        page = answer.content.decode()
        assert (answer.status_code, "Your operator can install consentry[saml]" in page) == (200, True)
        assert 'name="sign_on_url"' not in page
    assert offered_at("oakfield") == []
    assert "Oak Learning" not in Client().get("/oakfield/sign-in").content.decode()
    for address in ("login/", "saml/back/", "saml/metadata/"):
        assert Client().get(f"/accounts/sso/oakfield-saml-1/{address}").status_code == 404
    with pytest.raises(InvalidError, match="not installed"):
        set_identity_provider(oakfield.site, SamlDetails(**SAML), by=account_of(oakfield.asha, oakfield.site), at=NOW)
