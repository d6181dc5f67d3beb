"""Signing in through a site's SAML provider, by real HTTP: whom it lets in, and what the others are told."""

from datetime import timedelta

from allauth.socialaccount.models import SocialAccount
from django.test import Client

from consentry.audit.actor import OPERATOR
from consentry.people.actions.change_profile_email import change_profile_email
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.forget_saml_answers import forget_saml_answers
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import SamlAnswer, UserType
from tests.project.sign_in.coming_in import code_of, with_app
from tests.project.sign_in.conftest import SsoSchool, with_sso
from tests.project.sign_in.openid_provider import asked
from tests.project.sign_in.saml_provider import SamlBrowser, SamlProvider, pair, read_request
from tests.project.sign_in.saml_school import ASHA, SAML, idp, link, school, server
from tests.world import NOW, account_of, add_person

TOM = "tom@oakfield.example"

__all__ = ["idp", "school", "server"]  # fixtures


def test_a_member_of_staff_signs_in(school: SsoSchool, idp: SamlProvider) -> None:
    idp.knows("p-1", email=ASHA.upper())
    browser = SamlBrowser()
    assert "Sign in with Oak Learning" in browser.client.get("/oakfield/sign-in").content.decode()

    answer = browser.sign_in(SAML, "p-1", to="/oakfield/notifications")

    assert (answer.status_code, answer["Location"]) == (302, "/oakfield/notifications")
    assert browser.is_signed_in
    assert school.outcomes() == [("signed_in", "saml", "Asha Oakfield")]
    known = SocialAccount.objects.get()
    assert (known.provider, known.uid, known.user, known.extra_data) == (SAML, "p-1", school.asha, {})


def test_the_login_history_shows_saml(school: SsoSchool, idp: SamlProvider) -> None:
    browser = SamlBrowser()
    browser.sign_in(SAML, "p-1")

    page = browser.client.get("/oakfield/login-history", follow=True)

    assert "SAML" in page.content.decode()


def test_what_is_asked_names_this_service_and_no_page_of_it(school: SsoSchool, idp: SamlProvider) -> None:
    address = SamlBrowser().leave(SAML, to="/oakfield/notifications")

    assert address.startswith(f"{idp.base}/sso?SAMLRequest=")
    assert "RelayState" not in address
    sent = read_request(asked(address)["SAMLRequest"])
    assert sent.issuer == "http://127.0.0.1:8000/accounts/sso/oakfield-saml-1/saml/metadata/"
    assert sent.answers == "http://127.0.0.1:8000/accounts/sso/oakfield-saml-1/saml/"
    assert len(sent.id) > 32
    assert read_request(asked(SamlBrowser().leave(SAML))["SAMLRequest"]).id != sent.id


def test_once_linked_the_name_identifier_is_the_person_whatever_either_email_becomes(
    school: SsoSchool, idp: SamlProvider
) -> None:
    SamlBrowser().sign_in(SAML, "p-1")
    add_person(school.site, "Tom Reed", email=TOM)

    for email in (TOM, "nobody@elsewhere.example", ""):
        idp.knows("p-1", email=email)
        browser = SamlBrowser()
        browser.sign_in(SAML, "p-1")
        assert browser.client.session["_auth_user_id"] == str(school.asha.id)


def refused(school: SsoSchool, subject: str = "p-1") -> tuple[int, str]:
    browser = SamlBrowser()
    answer = browser.sign_in(SAML, subject)
    assert not browser.is_signed_in
    return answer.status_code, answer.content.decode()


def test_an_email_that_has_passed_to_somebody_else_opens_nothing(school: SsoSchool, idp: SamlProvider) -> None:
    SamlBrowser().sign_in(SAML, "p-1")
    idp.knows("p-2", email=ASHA)

    status, page = refused(school, "p-2")

    assert (status, "Another Oak Learning account signs in as you" in page) == (403, True)
    assert SocialAccount.objects.get().uid == "p-1"


def test_the_error_cases_are_those_of_every_provider(school: SsoSchool, idp: SamlProvider) -> None:
    """No member of staff with that email, several with it, a guardian's account, a disabled one."""
    change_profile_email(school.site, school.account.id, TOM, by=OPERATOR, at=NOW)
    add_person(school.site, "Tom Reed", email=TOM)
    invite_user(school.site, Invited("gran@oakfield.example", "Gran Cole", UserType.GUARDIAN), by=OPERATOR, at=NOW)
    sam = add_person(school.site, "Sam Cole", email="sam@oakfield.example")
    disable_account(school.site, account_of(sam, school.site).id, by=OPERATOR, at=NOW)
    told = {
        "stranger@elsewhere.example": "No member of staff has that",
        TOM: "Several members of staff have that",
        "gran@oakfield.example": "Single sign-on is for staff",
        "sam@oakfield.example": "Your account is disabled",
        "": "Oak Learning has not told us your email",
    }

    for number, (email, heading) in enumerate(told.items()):
        idp.knows(f"p-{number}", email=email)
        status, page = refused(school, f"p-{number}")
        assert (status, heading in page) == (403, True), heading

    outcomes = [outcome for outcome, provider, _ in school.outcomes() if provider == "saml"]
    assert outcomes == ["no_match", "several_match", "guardian", "disabled", "unverified"]
    assert not SocialAccount.objects.exists()


def test_the_email_of_somebody_elsewhere_opens_nothing_here_or_there(school: SsoSchool, idp: SamlProvider) -> None:
    """An identity provider's word counts at its own site alone."""
    meadow = with_sso("meadow")
    idp.knows("p-9", email=meadow.asha.email)

    status, page = refused(school, "p-9")
    assert (status, "No member of staff has that" in page) == (403, True)

    browser = SamlBrowser()
    browser.sign_in(SAML, "p-1")
    there = browser.client.get("/meadow/")
    assert there.status_code in (302, 404)
    assert meadow.outcomes() == []


def test_the_second_factor_is_asked_for_as_the_site_has_it(school: SsoSchool, idp: SamlProvider) -> None:
    secret = with_app(school.asha)
    browser = SamlBrowser(Client(raise_request_exception=False))

    answer = browser.sign_in(SAML, "p-1", to="/oakfield/notifications")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/authenticate/")
    assert not browser.is_signed_in
    done = browser.client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert (done.status_code, done["Location"]) == (302, "/oakfield/notifications")
    assert school.outcomes()[-1] == ("signed_in", "saml", "Asha Oakfield")


def test_the_second_factor_is_skipped_where_the_site_lets_single_sign_on_skip_it(
    school: SsoSchool, idp: SamlProvider
) -> None:
    """Bypass two-factor authentication for SSO accounts."""
    with_app(school.asha)
    switches = SignInSwitches(sso_on=True, second_factor_demanded=True, second_factor_skipped_for_sso=True)
    change_sign_in_settings(school.site, switches, by=school.account, at=NOW)
    browser = SamlBrowser()

    assert browser.sign_in(SAML, "p-1")["Location"] == "/oakfield/"
    assert browser.is_signed_in


def test_a_provider_that_is_removed_before_the_second_factor_lets_nobody_in(
    school: SsoSchool, idp: SamlProvider
) -> None:
    secret = with_app(school.asha)
    browser = SamlBrowser(Client(raise_request_exception=False))
    browser.sign_in(SAML, "p-1")
    school.sets(sso_on=False)

    done = browser.client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert (done.status_code, browser.is_signed_in) == (302, False)


def test_while_one_certificate_takes_over_from_another_both_count(school: SsoSchool, idp: SamlProvider) -> None:
    both = pair("oakfield-idp").certificate + pair("next").certificate
    assert link(school, idp, certificates=both) == SAML

    for each in ("oakfield-idp", "next"):
        idp.change = lambda says, each=each: setattr(says, "pair", pair(each))  # type: ignore[misc]
        assert SamlBrowser().sign_in(SAML, "p-1").status_code == 302


def test_another_entity_is_another_provider_and_ends_who_came_by_the_one_before(
    school: SsoSchool, idp: SamlProvider
) -> None:
    before = SamlBrowser()
    before.sign_in(SAML, "p-1")

    assert link(school, idp, entity="https://other.example/saml") == "oakfield-saml-2"

    assert before.client.get("/oakfield/partner-apps/pending")["Location"].partition("?")[0] == "/oakfield/sign-in"
    assert SamlBrowser().client.get(f"/accounts/sso/{SAML}/login/").status_code == 404


def test_who_it_was_about_is_blanked_as_it_is_taken_and_gone_with_the_night(
    school: SsoSchool, idp: SamlProvider
) -> None:
    SamlBrowser().sign_in(SAML, "p-1")

    row = SamlAnswer.objects.get()
    assert (row.subject, row.email, row.in_response_to) == ("", "", "")
    assert row.taken_at is not None
    assert timedelta(minutes=5) < row.expires_at - row.made_at < timedelta(minutes=15)
    assert forget_saml_answers(at=row.expires_at) == 0
    assert forget_saml_answers(at=row.expires_at + timedelta(seconds=1)) == 1


def test_switched_off_it_is_not_offered(school: SsoSchool, idp: SamlProvider) -> None:
    browser = SamlBrowser()
    path, sent = browser.authorize(browser.leave(SAML), "p-1")
    on = browser.bring(path, sent)
    school.sets(sso_on=False)

    for answer in (browser.come_back(on), browser.bring(path, sent)):
        assert (answer.status_code, "Single sign-on has changed here" in answer.content.decode()) == (404, True)
    assert not browser.is_signed_in


def test_the_other_kinds_have_no_such_addresses(school: SsoSchool, idp: SamlProvider) -> None:
    client = SamlBrowser().client

    assert client.get(f"/accounts/sso/{SAML}/login/callback/").status_code == 404
    assert client.get("/accounts/sso/oakfield-google-1/saml/back/").status_code == 404
    assert client.get("/accounts/sso/oakfield-google-1/saml/metadata/").status_code == 404


def test_the_metadata_are_there_before_and_after_it_is_set_up(oakfield: SsoSchool, idp: SamlProvider) -> None:
    client = SamlBrowser().client
    before = client.get(f"/accounts/sso/{SAML}/saml/metadata/")
    assert before.status_code == 200
    assert b"http://127.0.0.1:8000/accounts/sso/oakfield-saml-1/saml/" in before.content
    assert b'WantAssertionsSigned="true"' in before.content

    link(oakfield, idp)

    assert client.get(f"/accounts/sso/{SAML}/saml/metadata/").content == before.content
    found = [client.get(f"/accounts/sso/{name}/saml/metadata/").status_code for name in ("oakfield-saml-2", "x-saml-1")]
    assert found == [200, 404]
