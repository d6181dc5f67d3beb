"""Tokens of the connect link are listed and ended: at the site that gave them, and by the app's own company (AS-14)."""

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone
from tests.linking import LinkedApp, add_linked_app, read_with, tokens_for
from tests.web.conftest import Oakfield
from tests.web.partners.a_company import Acme, acme, with_factor
from tests.world import approve, reject

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.partners.actions.mail_letters import mail_letters
from consentry.partners.models import TokenChain
from consentry.rules.connection_life import State
from consentry.rules.identity import PLATFORM, SchoolId
from consentry.schools.queries import school_id


def endings(school: SchoolId) -> list[tuple[str, object]]:
    with reading(school):
        found = Event.objects.filter(school_id=school, name=EventName.TOKENS_ENDED).order_by("number")
        return [(each.actor_name, each.details["why"]) for each in found]


def connection_of(app: LinkedApp, oakfield: Oakfield) -> Connection:
    with reading(school_id(oakfield.site)):
        return Connection.objects.get(school=oakfield.site, app=app.app)


@pytest.fixture
def company(app: LinkedApp) -> Acme:
    return acme(app.app)


def test_the_site_sees_who_connected_the_app_by_link_and_ends_its_tokens_without_rejecting_it(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    """AS-14: staff can list and revoke (ASVS 10.7.3, 10.4.9)."""
    first, second = tokens_for(asha, app, oakfield.site), tokens_for(asha, app, oakfield.site)
    connection = connection_of(app, oakfield)
    page = f"/{oakfield.site.slug}/partner-apps/{connection.id}"

    for shown in (asha.get(page).text, asha.get(page, headers={"HX-Request": "true"}).text):
        assert "Connected by link by Asha Patel on" in shown
    assert asha.get(page).text.count("Tokens given by Asha Patel") == 2
    assert "What you approved stands" in asha.get(f"{page}/end-tokens").text

    assert asha.post(f"{page}/end-tokens").status_code == 303
    for tokens in (first, second):
        assert read_with(tokens["access_token"], oakfield.site).status == 401
        assert app.refresh(tokens["refresh_token"]).status == 400
    assert connection_of(app, oakfield).state == State.APPROVED
    assert "Connected by link" not in asha.get(page).text
    assert endings(school_id(oakfield.site)) == [("Asha Patel", "ended by the site")] * 2
    mail_letters(base_url="https://consentry.example", at=timezone.now())
    assert "Oakfield School has ended tokens of Lunchline" in [letter.subject for letter in mail.outbox]

    again = tokens_for(asha, app, oakfield.site)
    assert read_with(again["access_token"], oakfield.site).status == 200


def test_who_may_not_decide_does_not_end_tokens_and_nobody_ends_those_that_there_are_not(
    app: LinkedApp, asha: Browser, tom: Browser, oakfield: Oakfield
) -> None:
    tokens = tokens_for(asha, app, oakfield.site)
    page = f"/{oakfield.site.slug}/partner-apps/{connection_of(app, oakfield).id}/end-tokens"

    assert tom.get(page).status_code == tom.post(page).status_code == 403
    assert read_with(tokens["access_token"], oakfield.site).status == 200
    other = f"/{oakfield.site.slug}/partner-apps/{oakfield.connection.id}/end-tokens"
    for address in (other, f"/{oakfield.site.slug}/partner-apps/99999/end-tokens"):
        assert asha.get(address).status_code == asha.post(address).status_code == 404


def test_a_company_sees_which_schools_connected_by_link_and_ends_their_tokens(
    app: LinkedApp, asha: Browser, oakfield: Oakfield, company: Acme
) -> None:
    """Which schools, since when, when last; who of the school it was is not the company's to know."""
    tokens = tokens_for(asha, app, oakfield.site)
    renewed = app.refresh(tokens["refresh_token"]).json
    dev, home = with_factor(company.dev.user), f"/partners/{app.app.company_id}/apps/{app.app.id}/schools"
    chain = TokenChain.objects.get()

    page = dev.get(home).text
    assert "Connected by link" in page
    assert "the tokens at Oakfield School" in page
    assert "Asha" not in page
    assert "What Oakfield School approved stands" in dev.get(f"{home}/tokens/{chain.id}/end").text
    assert dev.post(f"{home}/tokens/{chain.id}/end").status_code == 303

    assert read_with(renewed["access_token"], oakfield.site).status == 401
    assert app.refresh(renewed["refresh_token"]).status == 400
    assert connection_of(app, oakfield).state == State.APPROVED
    who = f"Dev Rao of {app.app.company.name}"
    assert endings(school_id(oakfield.site)) == endings(PLATFORM) == [(who, "ended by its company")]
    assert "Lunchline: Oakfield School" in dev.get(f"/partners/{app.app.company_id}/history").text
    assert "Connected by link" not in dev.get(home).text
    assert dev.post(f"{home}/tokens/{chain.id}/end").status_code == 404


def test_another_company_and_a_reader_end_no_tokens(
    app: LinkedApp, asha: Browser, oakfield: Oakfield, company: Acme
) -> None:
    other = add_linked_app("Other", company="Other Ltd")
    theirs, own = tokens_for(asha, other, oakfield.site), tokens_for(asha, app, oakfield.site)
    pages = {
        each: f"/partners/{made.app.company_id}/apps/{made.app.id}/schools/tokens" for each, made in
        (("other", other), ("own", app))
    }  # fmt: skip
    of_other, of_own = TokenChain.objects.get(app=other.app).id, TokenChain.objects.get(app=app.app).id

    dev, reader = with_factor(company.dev.user), with_factor(company.reader.user)
    for address in (f"{pages['other']}/{of_other}/end", f"{pages['own']}/{of_other}/end"):
        assert dev.get(address).status_code == dev.post(address).status_code == 404
    assert reader.post(f"{pages['own']}/{of_own}/end").status_code == 403
    for tokens in (theirs, own):
        assert read_with(tokens["access_token"], oakfield.site).status == 200


def test_tokens_of_a_rejected_app_can_be_ended_and_do_not_come_back(
    app: LinkedApp, asha: Browser, oakfield: Oakfield
) -> None:
    """The seed: they work again when it is approved again; ended ones do not."""
    tokens = tokens_for(asha, app, oakfield.site)
    rejected = reject(connection_of(app, oakfield), oakfield.asha, at=timezone.now())

    asha.post(f"/{oakfield.site.slug}/partner-apps/{rejected.id}/end-tokens")
    approve(rejected, oakfield.asha, at=timezone.now())

    assert read_with(tokens["access_token"], oakfield.site).status == 401
