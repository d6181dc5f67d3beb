"""The sentences of the help page on managing API links that say which permission people need, each as it is meant."""

from itertools import count

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.world import add_person, add_school, add_trust

from consentry.people.actions.add_roles import ADMINISTRATOR, OFFICE, TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.schools.models import Site

MANAGING = ["users", "login-history", "sso-settings"]


@pytest.fixture(scope="module")
def sites(module_database: str) -> tuple[Site, Site]:
    return add_school(), add_trust()


_numbers = count(1)


def client_for(site: Site, role: str) -> Client:
    """Somebody of this role at the site, signed in."""
    return signed_in(add_person(site, f"Somebody {next(_numbers)}", role))


@pytest.mark.parametrize("page", MANAGING)
def test_at_a_school_user_accounts_administer_manages_users_login_history_and_sso(
    sites: tuple[Site, Site], page: str
) -> None:
    """To manage these you need "School: User Accounts: Administer" on the school's site; if you lack it, ask."""
    school, _ = sites
    address = f"/{school.slug}/{page}"
    assert client_for(school, ADMINISTRATOR).get(address).status_code == 200
    refused = client_for(school, OFFICE).get(address)
    assert refused.status_code == 403
    assert "School: User Accounts: Administer" in refused.content.decode()
    assert "admin team can give it to you" in refused.content.decode()


@pytest.mark.parametrize("page", MANAGING)
def test_at_a_trust_manage_all_users_manages_users_login_history_and_sso(sites: tuple[Site, Site], page: str) -> None:
    """To manage these you need "User Details: Manage All Users" on the trust's site."""
    _, trust = sites
    address = f"/{trust.slug}/{page}"
    assert client_for(trust, TRUST_ADMINISTRATOR).get(address).status_code == 200
    refused = client_for(trust, TRUST_STAFF).get(address)
    assert refused.status_code == 403
    assert "User Details: Manage All Users" in refused.content.decode()


def test_partner_apps_stand_under_system_at_a_school_and_at_a_trust(sites: tuple[Site, Site]) -> None:
    """System > Partner Apps (API Users) on a school's site, or System > Partner Apps (API Users) on a trust's."""
    for site, role in zip(sites, (OFFICE, TRUST_STAFF), strict=True):
        page = client_for(site, role).get(f"/{site.slug}/partner-apps/pending")
        assert page.status_code == 200
        text = page.content.decode()
        assert text.index("System") < text.index("Partner Apps (API Users)")
