"""Knowing a member of staff by what their identity provider calls them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from tests.races import TIMES
from tests.world import NOW, account_of, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.link_person import LinkedAlreadyError, link_person
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.actions.unlink_person import unlink_person
from consentry.people.models import Account
from consentry.people.provider_details import ProviderDetails
from consentry.people.queries.identity_providers import Provider, offered_provider
from consentry.rules.identity_providers import Vouching


@pytest.fixture
def asha(database: str) -> Account:
    site = add_school()
    return account_of(add_person(site), site)


@pytest.fixture
def tom(asha: Account) -> Account:
    return account_of(add_person(asha.school, "Tom Reed"), asha.school)


@pytest.fixture
def google(asha: Account) -> Provider:
    details = ProviderDetails(Vouching.GOOGLE, "oakfield.apps.example", "google-says")
    added = set_identity_provider(asha.school, details, by=asha, at=NOW)
    change_sign_in_settings(asha.school, SignInSwitches(sso_on=True), by=asha, at=NOW)
    return offered_provider(added.slug)


def test_the_same_link_made_twice_is_one(asha: Account, google: Provider) -> None:
    first = link_person(google, asha, "g-1", at=NOW)

    assert link_person(google, asha, "g-1", at=NOW) == first


def test_one_of_their_accounts_counts_and_each_counts_for_one(asha: Account, tom: Account, google: Provider) -> None:
    link_person(google, asha, "g-1", at=NOW)

    for account, subject in ((asha, "g-2"), (tom, "g-1")):
        with pytest.raises(LinkedAlreadyError):
            link_person(google, account, subject, at=NOW)

    assert [(link.user, link.uid) for link in SocialAccount.objects.all()] == [(asha.user, "g-1")]


def test_somebody_disabled_meanwhile_is_not_linked(asha: Account, tom: Account, google: Provider) -> None:
    disable_account(asha.school, tom.id, by=OPERATOR, at=NOW)

    with pytest.raises(Account.DoesNotExist):
        link_person(google, tom, "g-1", at=NOW)

    assert not SocialAccount.objects.exists()


def test_who_is_not_linked_is_not_unlinked(asha: Account, tom: Account, google: Provider) -> None:
    with pytest.raises(SocialAccount.DoesNotExist):
        unlink_person(google, tom.id, by=asha, at=NOW)


@pytest.mark.races
def test_two_windows_at_once_make_one_link(asha: Account, google: Provider) -> None:
    for number in range(TIMES):
        start = Barrier(2)

        def at_once(subject: str, start: Barrier = start) -> int:
            try:
                start.wait()
                return int(link_person(google, asha, subject, at=NOW).pk)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            made = set(pool.map(at_once, [f"g-{number}"] * 2))
        assert len(made) == 1
        unlink_person(google, asha.id, by=asha, at=NOW)
