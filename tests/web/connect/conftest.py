"""An app that sends people to Oakfield, and browsers of those who decide there and of those who may not."""

import pytest
from django.test import Client as Browser
from tests.linking import LinkedApp, add_linked_app, signed_in
from tests.web.conftest import Oakfield


@pytest.fixture
def app(oakfield: Oakfield) -> LinkedApp:
    return add_linked_app("Lunchline", company="Lunch Ltd")


@pytest.fixture
def asha(oakfield: Oakfield) -> Browser:
    """Signed in by her password, a moment ago."""
    return signed_in(oakfield.asha)


@pytest.fixture
def tom(oakfield: Oakfield) -> Browser:
    return signed_in(oakfield.tom)
