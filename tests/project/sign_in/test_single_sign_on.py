"""Signing in through a site's identity provider: whom it lets in, and what the others are told."""

from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.conf import settings

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.change_profile_email import change_profile_email
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import User, UserType
from consentry.schools.queries import school_id
from tests.project.sign_in.coming_in import code_of, with_app
from tests.project.sign_in.conftest import SsoSchool, with_sso
from tests.project.sign_in.openid_provider import AUTHLIB_WARNS, Browser, OpenIdProvider, asked
from tests.world import NOW, PASSWORD, account_of, add_person

pytestmark = AUTHLIB_WARNS

TOM = "tom@oakfield.example"
ASHA = "asha@oakfield.example"


def test_a_member_of_staff_signs_in_with_google(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """The match is the e-mail of the provider, verified, with that of the staff profile."""
    openid.knows("g-1", email=ASHA.upper(), email_verified=True)
    browser = Browser()

    answer = browser.sign_in(oakfield.google, "g-1")

    assert (answer.status_code, answer["Location"]) == (302, "/oakfield/")
    assert browser.is_signed_in
    assert oakfield.outcomes() == [("signed_in", "google", "Asha Oakfield")]
    link = SocialAccount.objects.get()
    assert (link.provider, link.uid, link.user, link.extra_data) == (oakfield.google, "g-1", oakfield.asha, {})
    with reading(school_id(oakfield.site)):
        event = Event.objects.get(name="sso.linked")
    assert event.details == {"user": oakfield.asha.id, "provider": oakfield.google}


@pytest.mark.parametrize("says", [{"xms_edov": True}, {"xms_edov": "1"}])
def test_a_member_of_staff_signs_in_with_microsoft(
    oakfield: SsoSchool, openid: OpenIdProvider, says: dict[str, object]
) -> None:
    openid.knows("m-1", email=ASHA, **says)
    browser = Browser()

    assert browser.sign_in(oakfield.microsoft, "m-1").status_code == 302
    assert browser.is_signed_in
    assert oakfield.outcomes() == [("signed_in", "microsoft", "Asha Oakfield")]


def test_what_is_asked_of_a_provider_is_bound_to_this_browser_and_this_sign_in(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    address = Browser().leave(oakfield.google)

    sent = asked(address)
    assert address.startswith(f"{openid.base}/oauth2/authorize?")
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert sent["redirect_uri"] == "http://127.0.0.1:8000/accounts/sso/oakfield-google-1/login/callback/"
    assert min(len(sent[name]) for name in ("state", "nonce", "code_challenge")) >= 16
    assert asked(Browser().leave(oakfield.google))["nonce"] != sent["nonce"]


def test_nothing_that_an_address_says_goes_into_what_is_asked(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    answer = Browser().client.post(
        f"/accounts/sso/{oakfield.google}/login/?process=connect&scope=admin&auth_params=nonce%3Dmine%26prompt%3Dnone"
    )

    sent = asked(answer.context["address"])
    assert "admin" not in sent["scope"]
    assert sent["nonce"] != "mine"
    assert "prompt" not in sent


def test_no_token_no_app_and_no_word_of_a_provider_is_kept(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True, picture="https://example.org/face")

    Browser().sign_in(oakfield.google, "g-1")
    Browser().sign_in(oakfield.google, "g-1")

    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    assert SocialAccount.objects.get().extra_data == {}


def test_once_linked_the_subject_is_the_person_whatever_either_email_becomes(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    """Single sign-on finds somebody by verified e-mail once and by issuer and subject ever after."""
    openid.knows("g-1", email=ASHA, email_verified=True)
    Browser().sign_in(oakfield.google, "g-1")
    add_person(oakfield.site, "Tom Reed", email=TOM)

    openid.knows("g-1", email=TOM, email_verified=True)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")
    assert browser.client.session["_auth_user_id"] == str(oakfield.asha.id)

    openid.knows("g-1", email="nobody@elsewhere.example", email_verified=False)
    browser = Browser()
    browser.sign_in(oakfield.google, "g-1")
    assert browser.client.session["_auth_user_id"] == str(oakfield.asha.id)


def test_an_email_that_has_passed_to_somebody_else_opens_nothing(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True)
    Browser().sign_in(oakfield.google, "g-1")

    openid.knows("g-2", email=ASHA, email_verified=True)
    browser = Browser()
    answer = browser.sign_in(oakfield.google, "g-2")

    assert answer.status_code == 403
    assert "Another Google account signs in as you" in answer.content.decode()
    assert not browser.is_signed_in
    assert SocialAccount.objects.get().uid == "g-1"


def test_the_email_of_the_staff_profile_counts_and_not_the_one_to_sign_in_with(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    change_profile_email(oakfield.site, oakfield.account.id, "a.patel@staff.example", by=OPERATOR, at=NOW)
    openid.knows("g-1", email="a.patel@staff.example", email_verified=True)
    openid.knows("g-2", email=ASHA, email_verified=True)

    known, unknown = Browser(), Browser()
    known.sign_in(oakfield.google, "g-1")
    answer = unknown.sign_in(oakfield.google, "g-2")

    assert known.client.session["_auth_user_id"] == str(oakfield.asha.id)
    assert "No member of staff has that email" in answer.content.decode()


def disable(person: User, school: SsoSchool) -> None:
    disable_account(school.site, account_of(person, school.site).id, by=OPERATOR, at=NOW)


def refused(oakfield: SsoSchool, provider: str, subject: str) -> tuple[int, str]:
    """The answer's status and text for somebody who must not get in."""
    browser = Browser()
    answer = browser.sign_in(provider, subject)
    assert not browser.is_signed_in
    assert browser.client.get(f"/{oakfield.site.slug}/").status_code == 302
    assert not SocialAccount.objects.exists()
    return answer.status_code, answer.content.decode()


def test_nobody_with_that_email_is_told_so_and_signs_up_nowhere(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """The error case: no staff member with that email."""
    openid.knows("g-1", email="stranger@elsewhere.example", email_verified=True)
    before = User.objects.count()

    status, page = refused(oakfield, oakfield.google, "g-1")

    assert (status, "No member of staff has that email" in page) == (403, True)
    assert oakfield.outcomes() == [("no_match", "google", None)]
    assert User.objects.count() == before


def test_several_with_that_email_are_told_apart_by_nobody(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """The error case: several staff with it."""
    change_profile_email(oakfield.site, oakfield.account.id, TOM, by=OPERATOR, at=NOW)
    add_person(oakfield.site, "Tom Reed", email=TOM)
    openid.knows("g-1", email=TOM, email_verified=True)

    status, page = refused(oakfield, oakfield.google, "g-1")

    assert (status, "Several members of staff have that email" in page) == (403, True)
    assert oakfield.outcomes() == [("several_match", "google", None)]


@pytest.mark.parametrize("kind", [UserType.GUARDIAN, UserType.STUDENT])
def test_single_sign_on_is_for_staff(oakfield: SsoSchool, openid: OpenIdProvider, kind: UserType) -> None:
    """The error case: the account belongs to a guardian, SSO is for staff."""
    invite_user(oakfield.site, Invited(TOM, "Tom Reed", kind), by=OPERATOR, at=NOW)
    openid.knows("g-1", email=TOM, email_verified=True)

    status, page = refused(oakfield, oakfield.google, "g-1")

    assert (status, "Single sign-on is for staff" in page) == (403, True)
    assert oakfield.outcomes() == [("guardian", "google", "Tom Reed")]


@pytest.mark.parametrize("says", [{}, {"email_verified": False}, {"email_verified": "no"}, {"xms_edov": True}])
def test_an_email_that_google_has_not_verified_finds_nobody(
    oakfield: SsoSchool, openid: OpenIdProvider, says: dict[str, object]
) -> None:
    openid.knows("g-1", email=ASHA, **says)

    status, page = refused(oakfield, oakfield.google, "g-1")

    assert (status, "Google has not verified your email" in page) == (403, True)
    assert oakfield.outcomes() == [("unverified", "google", None)]


def test_an_email_that_a_tenant_has_merely_written_down_finds_nobody(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    """Of Microsoft only `xms_edov` or `email_verified` count."""
    openid.knows("m-1", email=ASHA, preferred_username=ASHA, upn=ASHA, xms_edov=False)

    assert refused(oakfield, oakfield.microsoft, "m-1")[0] == 403
    assert oakfield.outcomes() == [("unverified", "microsoft", None)]


def test_a_provider_that_says_no_email_finds_nobody(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    openid.knows("g-1", email_verified=True)

    assert refused(oakfield, oakfield.google, "g-1")[0] == 403
    assert oakfield.outcomes() == [("unverified", "google", None)]


def test_a_disabled_person_is_told_so_before_they_are_linked(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    tom = add_person(oakfield.site, "Tom Reed", email=TOM)
    disable(tom, oakfield)
    openid.knows("g-1", email=TOM, email_verified=True)

    status, page = refused(oakfield, oakfield.google, "g-1")

    assert (status, "Your account is disabled" in page) == (403, True)
    assert oakfield.outcomes() == [("disabled", "google", "Tom Reed")]


def test_a_disabled_person_is_told_so_after_they_were_linked(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    tom = add_person(oakfield.site, "Tom Reed", email=TOM)
    openid.knows("g-1", email=TOM, email_verified=True)
    before = Browser()
    before.sign_in(oakfield.google, "g-1")
    assert before.client.get("/oakfield/", follow=True).status_code == 200

    disable(tom, oakfield)
    after = Browser()
    answer = after.sign_in(oakfield.google, "g-1")

    assert (answer.status_code, after.is_signed_in) == (403, False)
    assert "Your account is disabled" in answer.content.decode()
    assert not before.is_signed_in
    assert oakfield.outcomes()[-1] == ("disabled", "google", "Tom Reed")


def test_after_signing_in_the_person_is_where_they_wanted_to_be_at_this_site_only(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    openid.knows("g-1", email=ASHA, email_verified=True)
    wanted = {
        "/oakfield/partner-apps/pending": "/oakfield/partner-apps/pending",
        "/meadow/partner-apps/pending": "/oakfield/",
        "https://evil.example/oakfield/": "/oakfield/",
        "//evil.example/": "/oakfield/",
        "/oakfield/../meadow/": "/oakfield/",
        "javascript:alert(1)": "/oakfield/",
    }

    landed = {to: Browser().sign_in(oakfield.google, "g-1", to=to)["Location"] for to in wanted}

    assert landed == wanted


def test_a_password_still_lets_in_while_single_sign_on_is_on(oakfield: SsoSchool) -> None:
    """Password login stays possible when SSO is on."""
    answer = Browser().client.post("/accounts/login/", {"login": ASHA, "password": PASSWORD})

    assert answer.status_code == 302


def test_a_secret_whose_key_is_gone_gets_a_clear_page_and_a_line_for_the_operator(
    oakfield: SsoSchool, openid: OpenIdProvider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, field_keys=("another-key" * 6,)))

    assert Browser().client.get("/oakfield/sign-in").status_code == 200
    assert Browser().client.post(f"/accounts/sso/{oakfield.google}/login/").status_code == 200
    assert "does not open with CONSENTRY_FIELD_KEY" in caplog.text
    assert "google-says" not in caplog.text


def test_a_google_account_of_another_domain_is_refused_before_and_after_it_was_linked(
    oakfield: SsoSchool, openid: OpenIdProvider
) -> None:
    meadow = with_sso("meadow", hosted_domain="meadow.example")
    openid.knows("g-1", email=meadow.asha.email, email_verified=True, hd="meadow.example")
    assert Browser().sign_in(meadow.google, "g-1").status_code == 302

    for claims in ({"hd": "elsewhere.example"}, {}):
        openid.knows("g-1", email=meadow.asha.email, email_verified=True, **claims)
        openid.knows("g-2", email=meadow.asha.email, email_verified=True, **claims)
        for subject in ("g-1", "g-2"):
            browser = Browser()
            answer = browser.sign_in(meadow.google, subject)
            assert (answer.status_code, browser.is_signed_in) == (403, False)
            assert "That Google account is not your school’s" in answer.content.decode()


def test_who_has_a_second_factor_shows_it_after_the_provider(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    secret = with_app(oakfield.asha)
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()

    answer = browser.sign_in(oakfield.google, "g-1", to="/oakfield/notifications")
    assert (answer["Location"], browser.is_signed_in) == ("/accounts/2fa/authenticate/", False)
    done = browser.client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert (done.status_code, done["Location"]) == (302, "/oakfield/notifications")
    assert oakfield.outcomes()[-1] == ("signed_in", "google", "Asha Oakfield")
