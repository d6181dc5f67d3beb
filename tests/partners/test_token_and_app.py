"""From a token's checksum to the app behind it."""

import hashlib

import pytest
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application
from tests.world import add_app

from consentry.partners.queries.tokens import KnownToken, UnknownTokenError, known_token


def checksum(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.usefixtures("database")
def test_a_token_names_the_app_that_it_was_given_to() -> None:
    add_app("Lunchline", company="Lunch Ltd")
    app = add_app("Timetabler")
    entry = Application.objects.get(client_id=app.application_user)
    token = AccessToken.objects.create(application=entry, token="a-token", expires=timezone.now(), scope="records")

    assert known_token(checksum("a-token")) == KnownToken(token.id, app.id, by_person=False, resources=())


@pytest.mark.usefixtures("database")
def test_a_token_that_was_never_given_is_unknown() -> None:
    with pytest.raises(UnknownTokenError):
        known_token(checksum("a-token"))


@pytest.mark.usefixtures("database")
def test_a_token_of_no_app_is_unknown() -> None:
    AccessToken.objects.create(token="a-token", expires=timezone.now(), scope="records")

    with pytest.raises(UnknownTokenError):
        known_token(checksum("a-token"))
