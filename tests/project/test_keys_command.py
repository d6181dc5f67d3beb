"""Changing the key that seals secrets in the database, without losing any."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner, Result
from django.conf import settings
from django.test import Client

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.models import IdentityProvider, User
from consentry.people.provider_details import ProviderDetails
from consentry.people.queries.identity_providers import secret_purpose
from consentry.people.sealed import CannotUnsealError, unseal
from consentry.project.command_line import commands
from consentry.returns.actions.set_collector_secret import set_collector_secret
from consentry.returns.credentials import SUBSCRIPTION, client_secrets, secret
from consentry.rules.identity_providers import Vouching
from tests.project.sign_in.coming_in import code_of, enter_password, recovery_codes, with_app
from tests.returns.by_operator import active
from tests.world import NOW, account_of, add_person, add_school

OLD, NEW = "old-key-old-key-old-key-old-key-old-key", "new-key-new-key-new-key-new-key-new-key"


@pytest.fixture
def asha(database: str) -> User:
    return add_person(add_school())


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Configures these keys, the first of which seals."""

    def configure(*names: str) -> None:
        monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, field_keys=names))

    configure(OLD)
    return configure


def reseal() -> Result:
    return CliRunner().invoke(commands, ["keys", "reseal"])


def test_everything_is_sealed_under_the_first_key_and_the_old_one_can_go(asha: User, keys: Callable[..., None]) -> None:
    site = account_of(asha, asha.accounts.get().school).school
    google = ProviderDetails(Vouching.GOOGLE, "client", "google-says")
    provider = set_identity_provider(site, google, by=account_of(asha, site), at=NOW)
    secret = with_app(asha)

    keys(NEW, OLD)
    done = reseal()
    assert done.exit_code == 0, done.output
    assert "3 sealed under the first key, 0 were already." in done.output
    keys(NEW)

    client = Client()
    enter_password(client, asha.email)
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert len(recovery_codes(asha)) == 10
    kept = IdentityProvider.objects.get(id=provider.id).secret
    assert unseal(secret_purpose(provider.slug), kept) == b"google-says"
    assert list(Event.objects.filter(name="keys.resealed").values_list("details", flat=True)) == [
        {"rows": 1},
        {"rows": 2},
    ]


def test_run_again_it_does_nothing(asha: User, keys: Callable[..., None]) -> None:
    with_app(asha)
    keys(NEW, OLD)
    reseal()
    stored = [each.data for each in Authenticator.objects.order_by("id")]

    assert "0 sealed under the first key, 2 were already." in reseal().output
    assert [each.data for each in Authenticator.objects.order_by("id")] == stored


def test_what_no_key_opens_is_counted_and_kept(asha: User, keys: Callable[..., None]) -> None:
    with_app(asha)
    keys(NEW)

    done = reseal()

    assert done.exit_code == 1
    assert "2 are opened by none of the keys" in done.output
    keys(NEW, OLD)
    assert reseal().exit_code == 0
    keys(OLD)
    with pytest.raises(CannotUnsealError):
        recovery_codes(asha)


def test_by_what_collectors_know_us_is_sealed_anew_too(database: str, keys: Callable[..., None]) -> None:
    collector = active()
    set_collector_secret(collector.id, SUBSCRIPTION, "a-key", by=OPERATOR, at=NOW)

    keys(NEW, OLD)
    assert "1 sealed under the first key, 0 were already." in reseal().output
    assert "0 sealed under the first key, 1 were already." in reseal().output
    keys(NEW)

    collector.refresh_from_db()
    assert (list(client_secrets(collector)), secret(collector, SUBSCRIPTION)) == (["first-word"], "a-key")
