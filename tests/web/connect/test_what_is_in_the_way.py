"""Each precondition that fails has a page of its own that says what to do (issue 4, item 5)."""

import pytest
from django.test import Client as Browser
from django.utils import timezone
from tests.linking import LinkedApp, add_linked_app, approve_link, asked, look, press, signed_in
from tests.web.conftest import Oakfield, Rivers
from tests.world import NOW, PASSWORD, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.actions.set_redirect_uris import set_redirect_uris
from consentry.partners.actions.suspend_app import suspend_app
from consentry.people.actions.add_operator import add_operator
from consentry.people.actions.change_page_permissions import change_page_permissions
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.end_role import end_role
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import RoleAssignment
from consentry.rules.pages import Page
from consentry.rules.permissions import Level, Permission
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.models import Life, Site
from consentry.web.link_request import BrokenLinkError, LinkRequest, code_for


def own_account_at(slug: str, email: str) -> Site:
    """A further school at which the person of this e-mail has an account."""
    site = add_school(slug)
    invite_user(site, Invited(email, "Asha"), by=OPERATOR, at=NOW)
    return site


def test_wrong_credentials_are_told_on_the_sign_in_page(app: LinkedApp, oakfield: Oakfield) -> None:
    """Seed: the Invalid Credentials error message; here it says what to do."""
    browser = Browser(raise_request_exception=False)
    sign_in = browser.get(app.link()).context["password_url"]
    answer = browser.post(sign_in, {"login": oakfield.asha.email, "password": "wrong", "next": app.link()})
    assert "Invalid credentials: the email or the password is not right." in answer.text
    assert "Ask its admin team for one." in answer.text
    answer = browser.post(sign_in, {"login": oakfield.asha.email, "password": PASSWORD, "next": app.link()})

    assert answer["Location"] == app.link()


def test_one_school_is_led_to_and_of_several_one_is_chosen(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """The user picks the school if they have several."""
    assert asha.get(app.link())["Location"] == app.consent(oakfield.site)
    elmwood = own_account_at("elmwood", oakfield.asha.email)
    page = asha.get(app.link())

    assert page.status_code == 200
    assert {each["url"] for each in page.context["sites"]} == {app.consent(oakfield.site), app.consent(elmwood)}


def test_the_app_may_name_the_school(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """RFC 8707: by its resource; then no other can be approved."""
    elmwood = own_account_at("elmwood", oakfield.asha.email)
    resource = f"http://127.0.0.1:8000/{oakfield.site.slug}"
    assert asha.get(app.link(resource=resource))["Location"] == app.consent(oakfield.site, resource=resource)

    assert asha.get(app.consent(elmwood, resource=resource)).status_code == 400
    assert press(asha, asha.get(app.consent(oakfield.site, resource=resource))).status_code == 303


def test_who_is_signed_in_by_their_school_says_which_it_is(app: LinkedApp, oakfield: Oakfield) -> None:
    browser = Browser(raise_request_exception=False)
    there = browser.get(f"{app.link()}&site=%20Oakfield%20")
    nowhere = browser.get(f"{app.link()}&site=no-such-school")

    assert there["Location"] == app.consent(oakfield.site)
    assert nowhere.status_code == 404
    assert "There is no site of this name." in nowhere.text
    assert 'value="no-such-school"' in nowhere.text


@pytest.mark.parametrize("slug", ["elmwood", "no-such-school"])
def test_no_account_there(app: LinkedApp, asha: Browser, oakfield: Oakfield, slug: str) -> None:
    """The same for a school that there is not; with the way to another account or another school."""
    add_school("elmwood")
    page = asha.get(f"/{slug}/connect?{app.query()}")

    assert page.status_code == 404
    assert f"You have no account at “{slug}”" in page.text
    assert "asha.patel@example.org" in page.text
    assert page.context["choose_url"] == app.link()


def test_no_account_anywhere(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """Somebody of the operator's desk alone."""
    head = add_person(oakfield.site, "Omar Diaz")
    add_operator(oakfield.asha, by=OPERATOR, at=NOW)
    disable_account(
        oakfield.site,
        account_of(oakfield.asha, oakfield.site).id,
        by=account_of(head, oakfield.site),
        at=NOW,
    )
    asha = signed_in(oakfield.asha)
    page = asha.get(app.link())

    assert page.status_code == 403
    assert "You have no account at any site" in page.text


def test_without_the_permission_they_are_told_whom_to_ask(app: LinkedApp, tom: Browser, oakfield: Oakfield) -> None:
    """Permission missing, and who has it."""
    page = look(tom, app, oakfield.site)
    assert page.status_code == 403
    assert "School: User Accounts: Administer" in page.text
    assert "Ask Asha Patel, who can" in page.text
    assert tom.post(app.consent(oakfield.site), {"request": "x", "approve": "yes"}).status_code == 403


def test_where_nobody_may_they_are_told_who_can_change_that(app: LinkedApp, tom: Browser, oakfield: Oakfield) -> None:
    """The operator has tied the page to a permission that nobody at the site holds."""
    change_page_permissions(Level.SCHOOL, Page.PARTNER_APPS, (Permission.GROUP_MANAGE_USERS,), at=timezone.now())

    page = look(tom, app, oakfield.site)

    assert page.status_code == 403
    assert f"Nobody at {oakfield.site.name} can give it to you: ask the operator of Consentry." in page.text


def test_a_permission_that_is_lost_meanwhile_is_asked_for_again(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    page = look(asha, app, oakfield.site)
    head = account_of(add_person(oakfield.site, "Omar Diaz"), oakfield.site)
    held = RoleAssignment.objects.get(account=account_of(oakfield.asha, oakfield.site))
    end_role(oakfield.site, held.account_id, held.id, ends_on=None, by=head, at=timezone.now())
    answer = press(asha, page)

    assert answer.status_code == 403
    assert "Ask Omar Diaz, who can" in answer.text


def test_terms_come_first_and_lead_back(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """Terms not accepted: leads there, and from there to the consent page (AS-15)."""
    publish_terms("# Using Consentry\n\nBe kind.\n", by=OPERATOR, at=NOW)
    led = look(asha, app, oakfield.site)
    assert led.status_code == 302
    assert led["Location"].startswith("/oakfield/terms?next=%2Foakfield%2Fconnect%3F")
    back = asha.post(led["Location"], {"version": "1", "accept": "on"})

    assert back["Location"] == app.consent(oakfield.site)
    assert approve_link(asha, app, oakfield.site)


def test_a_second_factor_that_is_due_comes_first(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """With their second factor."""
    by = account_of(oakfield.asha, oakfield.site)
    change_sign_in_settings(oakfield.site, SignInSwitches(second_factor_demanded=True), by=by, at=timezone.now())
    led = look(asha, app, oakfield.site)

    assert led.status_code == 302
    assert led["Location"].startswith("/oakfield/second-factor?next=%2Foakfield%2Fconnect%3F")


def test_application_not_live(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    """With whom to contact; a dummy site may."""
    set_app_live(app.app, is_live=False, by=OPERATOR, at=NOW)
    page = look(asha, app, oakfield.site)
    assert page.status_code == 403
    for words in ("Application Not Live", "Contact Lunch Ltd", "Jo Bell", "jo@acme.example"):
        assert words in page.text
    dummy = add_school("brook-lane", life=Life.DUMMY)
    head = signed_in(add_person(dummy, "Bo Lane"))

    assert "is a dummy site" in look(head, app, dummy).text
    assert approve_link(head, app, dummy)


def test_an_app_that_goes_out_of_reach_while_somebody_reads(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    page = look(asha, app, oakfield.site)
    suspend_app(app.app, by=OPERATOR, at=NOW)

    for answer in (press(asha, page), look(asha, app, oakfield.site)):
        assert answer.status_code == 403
        assert "This app is suspended" in answer.text


def test_nothing_published(asha: Browser, oakfield: Oakfield) -> None:
    page = look(asha, add_linked_app("Empty", rows=()), oakfield.site)
    assert page.status_code == 403
    assert "Nothing to approve" in page.text


def test_an_address_that_the_app_gave_up_gets_no_code(app: LinkedApp, asha: Browser, oakfield: Oakfield) -> None:
    page = look(asha, app, oakfield.site)
    set_redirect_uris(app.app, ["https://lunchline.example/back"], by=OPERATOR, at=NOW)
    assert press(asha, page).status_code == 400
    link = LinkRequest(
        app.app.application_user, "https://timetabler.example/callback", "", ("records",), "x" * 43, None
    )

    with pytest.raises(BrokenLinkError):
        code_for(link, oakfield.site.slug, oakfield.asha)


def test_somebody_of_a_trust_connects_a_school_that_they_have_entered(rivers: Rivers) -> None:
    """Seed: "log into the school MIS from the MAT MIS"; AS-15: only inside the chosen school."""
    app, noah = add_linked_app("Lunchline"), signed_in(rivers.noah)
    assert look(noah, app, rivers.oakfield).status_code == 404
    assert noah.get(app.link())["Location"] == app.consent(rivers.trust)
    assert "This connects Two Rivers Trust itself" in look(noah, app, rivers.trust).text
    noah.post(f"/{rivers.trust.slug}/schools/{rivers.oakfield.slug}/sign-in")
    page = noah.get(app.link())
    assert {each["name"] for each in page.context["sites"]} == {rivers.trust.name, rivers.oakfield.name}

    consent = look(noah, app, rivers.oakfield)
    assert "This connects" not in consent.text
    assert consent.status_code == 200
    assert asked(press(noah, consent))["code"]
