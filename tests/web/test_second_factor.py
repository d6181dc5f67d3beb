"""A site that demands a second factor: nothing of it is reachable before, and there is a way to give one."""

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from tests.project.sign_in.coming_in import code_of, confirm_password, set_up_app, signed_in, with_app
from tests.web.conftest import Oakfield
from tests.world import NOW, account_of, add_person, add_school, add_trust, give_schools

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.models import User
from consentry.people.provider_details import ProviderDetails
from consentry.rules.identity_providers import Vouching
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.web.pages.second_factor import WAY_ON

ELSEWHERE, ON_SITE = "192.0.2.7", "198.51.100.20"
ASKS = "asks for a second factor"


def demand(site: Site, by: User, *, on_site: tuple[str, ...] = (), skipped_for_sso: bool = False) -> None:
    """The site demands a second factor of those who are not on site."""
    wanted = SignInSwitches(
        sso_on=False,
        second_factor_demanded=True,
        second_factor_skipped_for_sso=skipped_for_sso,
        addresses_on_site=on_site,
    )
    change_sign_in_settings(site, wanted, by=account_of(by, site), at=NOW)


@pytest.fixture
def demanding(oakfield: Oakfield) -> Oakfield:
    demand(oakfield.site, oakfield.asha, on_site=("198.51.100.16/28",))
    return oakfield


PAGES = ["", "partner-apps/pending", "partner-apps/list.csv", "notifications", "terms"]


@pytest.mark.parametrize("page", PAGES)
def test_before_the_second_factor_nothing_else_of_the_site_can_be_reached(demanding: Oakfield, page: str) -> None:
    """Issue: SSO settings: second factor demanded. Somebody without one is led to setting it up."""
    client = signed_in(demanding.asha)

    answer = client.get(f"/oakfield/{page}", follow=True)

    assert answer.redirect_chain[0][0].startswith("/oakfield/second-factor")
    assert ASKS in answer.text
    assert "Set up an authenticator app" in answer.text
    assert "Add a passkey" in answer.text


def test_a_button_of_the_site_does_nothing_before_it(demanding: Oakfield) -> None:
    client = signed_in(demanding.asha)
    answer = client.post(f"/oakfield/partner-apps/{demanding.connection.id}/approve", {"version": "1", "moves": "1"})

    assert answer["Location"].startswith("/oakfield/second-factor")
    with reading(school_id(demanding.site)):
        demanding.connection.refresh_from_db()
    assert demanding.connection.state == "pending"


def test_who_sets_one_up_goes_on_to_where_they_were_going(demanding: Oakfield) -> None:
    client = signed_in(demanding.asha)
    client.get("/oakfield/partner-apps/approved", follow=True)

    set_up_app(client)

    codes = client.get("/accounts/2fa/recovery-codes/").text
    assert '<a href="/">Back to your sites</a>' in codes
    assert "Go on to Oakfield School" in codes
    assert client.session[WAY_ON]["url"] == "/oakfield/partner-apps/approved"
    assert client.get("/oakfield/partner-apps/approved").status_code == 200
    assert client.get("/oakfield/second-factor?next=/oakfield/notifications")["Location"] == "/oakfield/notifications"


def test_who_used_theirs_at_sign_in_is_not_asked_again(demanding: Oakfield) -> None:
    client = signed_in(demanding.asha)
    secret = set_up_app(client)
    client.post("/accounts/logout/")
    again = signed_in(demanding.asha)
    assert again.get("/oakfield/").status_code == 302
    again.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert again.get("/oakfield/").status_code == 200


def test_on_site_nobody_is_asked_and_elsewhere_they_are(demanding: Oakfield) -> None:
    """Issue: addresses on site that may skip it."""
    client = signed_in(demanding.asha, REMOTE_ADDR=ON_SITE)

    assert client.get("/oakfield/", REMOTE_ADDR=ON_SITE).status_code == 200
    away = client.get("/oakfield/", REMOTE_ADDR=ELSEWHERE, HTTP_X_FORWARDED_FOR=ON_SITE)
    assert away["Location"].startswith("/oakfield/second-factor")


def test_who_has_one_and_skipped_it_on_site_enters_it_elsewhere(demanding: Oakfield) -> None:
    secret = with_app(demanding.asha)
    client = signed_in(demanding.asha, REMOTE_ADDR=ON_SITE)
    assert client.get("/oakfield/", REMOTE_ADDR=ON_SITE).status_code == 200

    asked = client.get("/oakfield/", REMOTE_ADDR=ELSEWHERE, follow=True)
    key = client.cookies["session"].value
    sent = {"code": code_of(secret), "next": "/oakfield/"}
    entered = client.post("/accounts/2fa/reauthenticate/", sent, REMOTE_ADDR=ELSEWHERE)

    assert "Enter a code from your app" in asked.text
    assert "Set up an authenticator app" not in asked.text
    assert entered["Location"] == "/oakfield/"
    assert client.cookies["session"].value != key, "a new key with the second factor"
    assert client.get("/oakfield/", REMOTE_ADDR=ELSEWHERE).status_code == 200


def test_a_person_of_two_sites_skips_it_only_where_both_let_them(demanding: Oakfield) -> None:
    secret = with_app(demanding.asha)
    add_to(add_school("elmwood"), demanding.asha)

    asked = signed_in(demanding.asha, REMOTE_ADDR=ON_SITE)

    assert asked.get("/elmwood/", REMOTE_ADDR=ON_SITE).status_code == 302
    asked.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}, REMOTE_ADDR=ON_SITE)
    assert asked.get("/elmwood/", REMOTE_ADDR=ON_SITE).status_code == 200


def add_to(site: Site, user: User) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        add_user(this, site, NewUser(user.email, existing=True))


def test_a_site_that_demands_nothing_asks_for_nothing(oakfield: Oakfield) -> None:
    assert signed_in(oakfield.asha).get("/oakfield/").status_code == 200


def test_a_site_that_asks_no_more_leads_on(demanding: Oakfield) -> None:
    client = signed_in(demanding.asha, REMOTE_ADDR=ON_SITE)

    for wanted in ("https://evil.example/", "//evil.example", "/elmwood/", "/accounts/logout/", ""):
        answer = client.get("/oakfield/second-factor", {"next": wanted}, REMOTE_ADDR=ON_SITE)
        assert answer["Location"] == "/oakfield/"


def test_confirming_the_password_is_no_second_factor(demanding: Oakfield) -> None:
    client = signed_in(demanding.asha)
    confirm_password(client)

    assert client.get("/oakfield/")["Location"].startswith("/oakfield/second-factor")


def test_somebody_of_another_site_does_not_learn_that_it_asks(demanding: Oakfield) -> None:
    stranger = signed_in(add_person(add_trust(), "Lee Hart", None))

    assert stranger.get("/oakfield/second-factor").status_code == 404
    assert Client().get("/oakfield/second-factor")["Location"].startswith("/accounts/login/")


def test_who_comes_from_a_trust_is_held_to_what_the_school_demands(database: str) -> None:
    """Issue: people coming from a trust too; the trust itself demands nothing."""
    trust = add_trust()
    oakfield = add_school(trust=trust)
    demand(oakfield, add_person(oakfield))
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    give_schools(noah, trust)
    client = signed_in(noah)
    assert client.get("/harbour-trust/").status_code == 200

    client.post("/harbour-trust/schools/oakfield/sign-in")

    assert client.get("/oakfield/")["Location"].startswith("/oakfield/second-factor")
    set_up_app(client)
    assert client.get("/oakfield/").status_code == 200


def test_who_comes_by_single_sign_on_skips_it_where_the_site_lets_them(oakfield: Oakfield) -> None:
    """Issue: SSO settings: skip for SSO accounts."""
    demand(oakfield.site, oakfield.asha, skipped_for_sso=True)
    client = signed_in(oakfield.asha)
    assert client.get("/oakfield/").status_code == 302

    made = ProviderDetails(Vouching.GOOGLE, "client", "the-secret")
    by = account_of(oakfield.asha, oakfield.site)
    provider = set_identity_provider(oakfield.site, made, by=by, at=NOW)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] += [
        {"method": "socialaccount", "provider": provider.slug, "uid": "7", "at": 0}
    ]
    session.save()

    assert client.get("/oakfield/").status_code == 200
    confirm_password(client)
    assert client.get("/oakfield/").status_code == 200, "confirming by a password does not change how they came"
