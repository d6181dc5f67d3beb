"""A site's identity providers: set up, changed, ended by another client or tenant, removed."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.world import NOW, account_of, add_person, add_school

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.change_sign_in_settings import SignInSwitches, change_sign_in_settings
from consentry.people.actions.remove_identity_provider import remove_identity_provider
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.models import Account, IdentityProvider
from consentry.people.provider_details import ProviderDetails
from consentry.people.queries.identity_providers import (
    next_slug,
    offered_at,
    offered_provider,
    secret_of,
    settings_of,
)
from consentry.people.sealed import CannotUnsealError
from consentry.rules.identity_providers import Vouching
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError
from consentry.schools.queries import school_id

CLIENT = "1f0e2d3c-0000-4000-8000-0123456789ab"
TENANT = "9a8b7c6d-0000-4000-8000-0123456789ab"
GOOGLE = ProviderDetails(Vouching.GOOGLE, "oakfield.apps.example", "google-says", hosted_domain="oakfield.sch.uk")
MICROSOFT = ProviderDetails(Vouching.MICROSOFT, CLIENT, "microsoft-says", tenant=TENANT)


@pytest.fixture
def asha(database: str) -> Account:
    site = add_school()
    return account_of(add_person(site), site)


def put(details: ProviderDetails, by: Account) -> IdentityProvider:
    return set_identity_provider(by.school, details, by=by, at=NOW)


def events(account: Account) -> list[str]:
    named = ("identity_provider.", "sign_in_settings.")
    with reading(school_id(account.school)):
        return [each.name for each in Event.objects.order_by("id") if each.name.startswith(named)]


def last_event(account: Account) -> Event:
    with reading(school_id(account.school)):
        return Event.objects.latest("id")


def test_a_provider_is_set_up_and_its_secret_is_kept_sealed(asha: Account) -> None:
    added = put(GOOGLE, asha)

    assert added.slug == "oakfield-google-1"
    assert added.settings == {"hosted_domain": "oakfield.sch.uk"}
    assert secret_of(added.slug) == "google-says"
    with connection.cursor() as cursor:
        cursor.execute("select secret from people_identityprovider")
        assert b"google-says" not in bytes(cursor.fetchone()[0])
    assert "google-says" not in str(last_event(asha).__dict__)


def test_a_secret_moved_to_another_row_does_not_open(asha: Account) -> None:
    google, microsoft = put(GOOGLE, asha), put(MICROSOFT, asha)
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_identityprovider set secret = %s where id = %s", [bytes(microsoft.secret), google.id]
        )

    with pytest.raises(CannotUnsealError):
        secret_of(google.slug)


def test_without_a_new_secret_the_old_one_stays(asha: Account) -> None:
    added = put(GOOGLE, asha)

    changed = put(ProviderDetails(Vouching.GOOGLE, GOOGLE.client_id), asha)

    assert (changed.id, changed.settings, secret_of(changed.slug)) == (added.id, {}, "google-says")
    put(ProviderDetails(Vouching.GOOGLE, GOOGLE.client_id, "google-says-more"), asha)
    assert secret_of(changed.slug) == "google-says-more"


@pytest.mark.parametrize(
    "other",
    [
        ProviderDetails(Vouching.MICROSOFT, CLIENT, "again", tenant=CLIENT),
        ProviderDetails(Vouching.MICROSOFT, TENANT, "again", tenant=TENANT),
    ],
)
def test_another_tenant_or_client_is_another_provider(asha: Account, other: ProviderDetails) -> None:
    """What an issuer said of a subject is never read as another's word: people are known by provider and subject."""
    first = put(MICROSOFT, asha)
    assert next_slug(asha.school, Vouching.MICROSOFT) == "oakfield-microsoft-2"

    second = put(other, asha)

    first.refresh_from_db()
    assert (first.removed_at, second.removed_at) == (NOW, None)
    assert (first.slug, second.slug) == ("oakfield-microsoft-1", "oakfield-microsoft-2")
    assert events(asha) == ["identity_provider.added", "identity_provider.removed", "identity_provider.added"]


def test_another_client_needs_a_secret_of_its_own(asha: Account) -> None:
    first = put(MICROSOFT, asha)

    with pytest.raises(InvalidError, match="secret"):
        put(ProviderDetails(Vouching.MICROSOFT, TENANT, tenant=TENANT), asha)

    first.refresh_from_db()
    assert first.removed_at is None


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (ProviderDetails(Vouching.GOOGLE, "", "s"), "client_id"),
        (ProviderDetails(Vouching.GOOGLE, "two words", "s"), "client_id"),
        (ProviderDetails(Vouching.GOOGLE, "a" * 191, "s"), "client_id"),
        (ProviderDetails(Vouching.GOOGLE, "a\0b", "s"), "client_id"),
        (ProviderDetails(Vouching.GOOGLE, "a", "s\0"), "secret"),
        (ProviderDetails(Vouching.GOOGLE, "a", "s", hosted_domain="https://oakfield.sch.uk"), "hosted_domain"),
        (ProviderDetails(Vouching.GOOGLE, "a", "s", hosted_domain="oakfield"), "hosted_domain"),
        (ProviderDetails(Vouching.MICROSOFT, "not-a-guid", "s", tenant=TENANT), "client_id"),
        (ProviderDetails(Vouching.MICROSOFT, CLIENT, "s"), "tenant"),
        (ProviderDetails(Vouching.MICROSOFT, CLIENT, "s", tenant="common"), "tenant"),
        (ProviderDetails(Vouching.MICROSOFT, CLIENT, "s", tenant="Organizations"), "tenant"),
        (ProviderDetails(Vouching.MICROSOFT, CLIENT, "s", tenant="oakfield.onmicrosoft.com"), "tenant"),
        (
            ProviderDetails(Vouching.MICROSOFT, CLIENT, "s", tenant="9188040D-6C67-4B5B-B112-36A304B66DAD"),
            "tenant",
        ),
    ],
)
def test_what_cannot_be_used_is_named_and_changes_nothing(asha: Account, details: ProviderDetails, field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        put(details, asha)

    assert refused.value.field == field
    assert not IdentityProvider.objects.exists()


def test_only_who_may_change_sso_settings_does(asha: Account) -> None:
    tom = account_of(add_person(asha.school, "Tom Reed", OFFICE), asha.school)
    put(GOOGLE, asha)

    with pytest.raises(NotPermittedError):
        put(MICROSOFT, tom)
    with pytest.raises(NotPermittedError):
        remove_identity_provider(asha.school, Vouching.GOOGLE, by=tom, at=NOW)
    with pytest.raises(NotPermittedError):
        change_sign_in_settings(asha.school, SignInSwitches(second_factor_demanded=True), by=tom, at=NOW)

    assert events(asha) == ["identity_provider.added"]


def test_somebody_of_another_site_changes_nothing_here(asha: Account) -> None:
    elsewhere = add_school("meadow")
    stranger = account_of(add_person(elsewhere, "Sam Cole"), elsewhere)

    with pytest.raises(NotPermittedError):
        set_identity_provider(asha.school, GOOGLE, by=stranger, at=NOW)


def test_single_sign_on_is_switched_on_only_with_a_provider_and_goes_off_with_the_last(asha: Account) -> None:
    site = asha.school
    with pytest.raises(InvalidError, match="sso_on"):
        change_sign_in_settings(site, SignInSwitches(sso_on=True), by=asha, at=NOW)

    put(GOOGLE, asha)
    put(MICROSOFT, asha)
    assert offered_at(site.slug) == []
    change_sign_in_settings(site, SignInSwitches(sso_on=True, addresses_on_site=("10.0.0.0/8",)), by=asha, at=NOW)
    assert [each.kind for each in offered_at(site.slug)] == [Vouching.GOOGLE, Vouching.MICROSOFT]

    remove_identity_provider(site, Vouching.GOOGLE, by=asha, at=NOW)
    assert settings_of(school_id(site)).sso_on
    remove_identity_provider(site, Vouching.MICROSOFT, by=asha, at=NOW + timedelta(days=1))

    assert not settings_of(school_id(site)).sso_on
    assert settings_of(school_id(site)).addresses_on_site == ["10.0.0.0/8"]
    with pytest.raises(IdentityProvider.DoesNotExist):
        offered_provider("oakfield-google-1")
    with pytest.raises(IdentityProvider.DoesNotExist):
        remove_identity_provider(site, Vouching.GOOGLE, by=asha, at=NOW)


def test_a_change_of_the_switches_says_what_changed(asha: Account) -> None:
    change_sign_in_settings(
        asha.school, SignInSwitches(second_factor_demanded=True, addresses_on_site=("203.0.113.7",)), by=asha, at=NOW
    )

    event = last_event(asha)
    assert event.details["changed"] == ["addresses_on_site", "second_factor_demanded"]
    assert event.details["addresses_on_site"] == ["203.0.113.7"]
