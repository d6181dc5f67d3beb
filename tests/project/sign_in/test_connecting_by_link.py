"""The connect link for somebody who comes by single sign-on, and has no password here."""

from urllib.parse import quote

from django.contrib.sessions.backends.base import SessionBase

from tests.linking import add_linked_app, asked, press
from tests.project.sign_in.conftest import SsoSchool
from tests.project.sign_in.openid_provider import AUTHLIB_WARNS, Browser, OpenIdProvider

pytestmark = AUTHLIB_WARNS

ASHA = "asha@oakfield.example"


def test_they_sign_in_at_their_school_and_once_more_after_a_while(oakfield: SsoSchool, openid: OpenIdProvider) -> None:
    """Issue: with their second factor or SSO; AS-15: proved in the last five minutes, by the provider again."""
    app = add_linked_app()
    oakfield.asha.set_unusable_password()
    oakfield.asha.save()
    openid.knows("g-1", email=ASHA, email_verified=True)
    browser = Browser()
    link = app.consent(oakfield.site)
    led = browser.client.get(link)
    assert led["Location"].startswith("/oakfield/sign-in?next=/oakfield/connect")
    back = browser.sign_in(oakfield.google, "g-1", to=quote(link, safe=""))
    assert back["Location"] == link
    assert browser.client.get(link).status_code == 200

    session: SessionBase = browser.client.session
    key = "account_authentication_methods"
    session[key] = [step | {"at": step["at"] - 301} for step in session[key]]
    session.save()
    confirm = browser.client.get(link)
    assert "Confirm that it is you" in confirm.text
    assert [each["name"] for each in confirm.context["ways"]["providers"]] == ["Google", "Microsoft"]
    browser.sign_in(oakfield.google, "g-1", to=quote(link, safe=""))
    page = browser.client.get(link)
    assert asked(press(browser.client, page))["code"]
