"""Answers of SAML that are unsigned, stolen, replayed, late or not meant: a clear page, nobody signed in."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from xmlsec import constants

from consentry.people.actions.take_saml_answer import WAITS
from consentry.people.certificates import certificate
from consentry.people.models import SamlAnswer
from consentry.people.queries.identity_providers import offered_provider
from consentry.project.sign_in.saml_answer import read_answer
from consentry.rules.saml_assertions import UntrustedError
from tests.project.sign_in.conftest import SsoSchool, with_sso
from tests.project.sign_in.saml_provider import Asked, SamlBrowser, SamlProvider, Says, pair
from tests.project.sign_in.saml_school import (
    ASHA,
    HEAD,
    SAML,
    STALE,
    UNTRUSTED,
    changed,
    idp,
    link,
    not_let_in,
    school,
    server,
)

__all__ = ["idp", "school", "server"]  # fixtures


META = "http://127.0.0.1:8000/accounts/sso/meadow-saml-1/saml/metadata/"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(changed(signs=""), id="unsigned"),
        pytest.param(changed(signs="Response"), id="only-the-cover-signed"),
        pytest.param(changed(pair=pair("stranger")), id="wrong-certificate"),
        pytest.param(changed(method=constants.TransformRsaSha1), id="sha1-signature"),
        pytest.param(changed(digest=constants.TransformSha1), id="sha1-digest"),
        pytest.param(changed(issuer="https://other.example/saml"), id="another-issuer"),
        pytest.param(changed(cover_issuer="https://other.example/saml"), id="another-issuer-on-the-cover"),
        pytest.param(changed(audience=META), id="another-audience"),
        pytest.param(changed(audience=None), id="no-audience"),
        pytest.param(changed(recipient="http://127.0.0.1:8000/accounts/sso/meadow-saml-1/saml/"), id="recipient"),
        pytest.param(changed(destination="http://127.0.0.1:8000/elsewhere/"), id="destination"),
        pytest.param(changed(in_response_to=None), id="unsolicited"),
        pytest.param(changed(in_response_to=None, cover_in_response_to=None), id="unsolicited-cover-too"),
        pytest.param(changed(cover_in_response_to="_another"), id="another-request-on-the-cover"),
        pytest.param(changed(confirmed_until=None), id="confirmed-for-ever"),
        pytest.param(changed(not_before=5), id="not-good-yet"),
        pytest.param(changed(issued=5), id="issued-in-the-future"),
        pytest.param(changed(format=TRANSIENT), id="transient"),
        pytest.param(changed(subject=""), id="of-nobody"),
        pytest.param(changed(subject="x" * 192), id="too-long-a-name"),
        pytest.param(changed(subject="a\u202eb"), id="unprintable-name"),
        pytest.param(changed(authn=""), id="nobody-signed-in"),
        pytest.param(changed(more_conditions="<saml:Condition/>"), id="a-condition-unknown"),
    ],
)
def test_an_answer_that_was_not_made_for_this_sign_in_is_refused(
    school: SsoSchool, idp: SamlProvider, change: Callable[[Says], None]
) -> None:
    idp.change = change

    not_let_in(school, UNTRUSTED, 403)
    assert not SamlAnswer.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(changed(not_before=-20, not_on_or_after=-2), id="conditions"),
        pytest.param(changed(confirmed_until=-2), id="confirmation"),
        pytest.param(changed(issued=-12, not_before=-12, not_on_or_after=60, confirmed_until=60), id="issued"),
        pytest.param(
            changed(authn='<saml:AuthnStatement SessionNotOnOrAfter="2026-01-01T00:00:00.123Z"/>'), id="session"
        ),
    ],
)
def test_an_answer_that_comes_too_late_is_refused(
    school: SsoSchool, idp: SamlProvider, change: Callable[[Says], None]
) -> None:
    idp.change = change

    not_let_in(school, STALE, 400)


def test_clocks_may_be_a_little_apart(school: SsoSchool, idp: SamlProvider) -> None:
    idp.change = changed(not_before=0.5, issued=0.5, confirmed_until=-0.5, not_on_or_after=-0.5)

    assert SamlBrowser().sign_in(SAML, "p-1").status_code == 302


def test_a_person_whom_the_provider_refuses_is_told_so_and_not_by_its_words(
    school: SsoSchool, idp: SamlProvider
) -> None:
    idp.change = changed(signs="", status="urn:call:0900-123")

    not_let_in(school, "Oak Learning did not sign you in", 403)


Back = tuple[SamlBrowser, str, dict[str, str]]


@pytest.fixture
def back(school: SsoSchool, idp: SamlProvider) -> Back:
    """Asha's browser, and the form by which the provider sends it back."""
    browser = SamlBrowser()
    return (browser, *browser.authorize(browser.leave(SAML), "p-1"))


def test_an_answer_counts_once(back: Back) -> None:
    browser, path, sent = back
    first = browser.bring(path, sent)
    assert browser.come_back(first).status_code == 302
    browser.client = SamlBrowser().client

    for again in (browser.bring(path, sent), browser.client.get(first["Location"])):
        assert (again.status_code, STALE in again.content.decode()) == (400, True)
    assert not browser.is_signed_in


def test_a_replayed_answer_counts_not_even_in_the_browser_that_asked(back: Back) -> None:
    browser, path, sent = back
    first = browser.bring(path, sent)
    browser.come_back(first)

    again = browser.client.get(first["Location"])

    assert (again.status_code, STALE in again.content.decode()) == (400, True)


def test_a_stolen_answer_counts_in_no_other_browser(back: Back) -> None:
    """Nobody is signed in as somebody else by being led here: login CSRF."""
    browser, path, sent = back
    begun = SamlBrowser()
    begun.leave(SAML)

    on = browser.bring(path, sent)["Location"]
    answer = begun.client.get(on)

    assert (answer.status_code, STALE in answer.content.decode()) == (400, True)
    assert not begun.is_signed_in
    assert browser.client.get(on).status_code == 400


def test_a_one_time_name_does_not_wait_long(back: Back) -> None:
    browser, path, sent = back
    on = browser.bring(path, sent)["Location"]
    SamlAnswer.objects.update(made_at=timezone.now() - WAITS)

    assert browser.client.get(on).status_code == 400


def test_a_request_of_long_ago_is_answered_no_more(back: Back) -> None:
    browser, path, sent = back
    session = browser.client.session
    asked = session["saml_asked"]
    for each in asked.values():
        each["at"] = (timezone.now() - timedelta(minutes=31)).isoformat()
    session["saml_asked"] = asked
    session.save()

    assert browser.come_back(browser.bring(path, sent)).status_code == 400


def test_a_browser_remembers_the_last_ten_requests(back: Back) -> None:
    browser, path, sent = back
    later = [browser.leave(SAML) for _ in range(10)]

    assert len(browser.client.session["saml_asked"]) == 10
    assert browser.come_back(browser.bring(path, sent)).status_code == 400
    assert browser.come_back(browser.bring(*browser.authorize(later[-1], "p-1"))).status_code == 302


def test_the_answer_for_one_site_opens_nothing_at_another(back: Back, school: SsoSchool, idp: SamlProvider) -> None:
    """An SSO response for another site, though both have the same provider and the same certificate."""
    meadow = with_sso("meadow")
    link(meadow, idp)
    browser, path, sent = back
    there = browser.bring(path.replace("oakfield", "meadow"), sent)
    on = browser.bring(path, sent)["Location"]

    assert (there.status_code, UNTRUSTED in there.content.decode()) == (403, True)
    assert browser.client.get(on.replace("oakfield", "meadow")).status_code == 400
    assert not browser.is_signed_in
    assert meadow.outcomes() == []


def test_relay_state_leads_nowhere(back: Back) -> None:
    browser, path, sent = back
    assert sent["RelayState"] == "https://evil.example/"

    answer = browser.come_back(browser.bring(path, sent | {"next": "https://evil.example/"}))

    assert (answer.status_code, answer["Location"]) == (302, "/oakfield/")


def test_where_somebody_goes_on_is_a_page_of_this_site(school: SsoSchool, idp: SamlProvider) -> None:
    for to in ("https://evil.example/", "//evil.example/", "/meadow/", "javascript:alert(1)"):
        assert SamlBrowser().sign_in(SAML, "p-1", to=to)["Location"] == "/oakfield/"


def test_the_session_that_leaves_is_not_the_one_that_is_signed_in(back: Back) -> None:
    """Session fixation."""
    browser, path, sent = back
    planted = browser.client.cookies["session"].value

    browser.come_back(browser.bring(path, sent))

    assert browser.is_signed_in
    assert browser.client.cookies["session"].value != planted


def test_what_takes_answers_leaves_cookies_alone(back: Back) -> None:
    """It is reached without them: what it set would take the place of what the browser has."""
    browser, path, sent = back

    for answer in (browser.bring(path, sent), browser.bring(path, sent), browser.bring(path, {})):
        assert not answer.cookies


def test_only_that_one_address_takes_forms_of_others(school: SsoSchool) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"/accounts/sso/{SAML}/login/").status_code == 403
    assert client.get(HEAD).status_code == 405
    assert client.post(f"{HEAD}back/").status_code in (403, 405)
    assert client.get(f"{HEAD}back/").status_code == 400
    assert client.get(f"{HEAD}back/?answer=" + "x" * 5000).status_code == 400


def test_an_address_that_sends_answers_again_and_again_has_to_wait(school: SsoSchool) -> None:
    client = Client(enforce_csrf_checks=True)

    answers = [client.post(HEAD, REMOTE_ADDR="192.0.2.8").status_code for _ in range(121)]

    cache.clear()
    assert answers == [403] * 120 + [429]


def test_a_certificate_that_has_ended_signs_nothing(school: SsoSchool, idp: SamlProvider) -> None:
    provider = offered_provider(SAML)
    asked = Asked(
        "_1", "http://127.0.0.1:8000/accounts/sso/oakfield-saml-1/saml/metadata/", f"http://127.0.0.1:8000{HEAD}"
    )
    old = pair("old", days=-1)
    says = Says(asked, "p-1", {"email": [ASHA]}, pair=old)
    assert provider.saml is not None
    provider = replace(provider, saml=replace(provider.saml, certificates=(certificate(old.certificate),)))

    with pytest.raises(UntrustedError, match="no certificate of the provider fits"):
        read_answer(base64.b64encode(says.xml()).decode(), provider, timezone.now())


def test_the_log_says_why_and_not_of_whom(
    school: SsoSchool, idp: SamlProvider, caplog: pytest.LogCaptureFixture
) -> None:
    idp.change = changed(audience="https://elsewhere.example")

    SamlBrowser().sign_in(SAML, "p-1")

    assert "single sign-on by oakfield-saml-1 failed: another audience" in caplog.text
    assert ASHA not in caplog.text
