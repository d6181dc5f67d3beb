"""Nothing that a person saw is left in a cache."""

import pytest
from django.test import Client

PAGES = [
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/inactive/",
    "/accounts/password/reset/key/1-set-password/",
    "/accounts/nothing/",
    "/oakfield/",
    "/oakfield/nothing",
    "/",
]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_kept(asha: Client, page: str) -> None:
    for client in (asha, Client()):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_what_is_the_same_for_everybody_may_be_kept(asha: Client) -> None:
    answered = asha.get("/static/consentry.css")
    answered.close()  # a file that is being sent
    assert "no-store" not in answered["Cache-Control"]
