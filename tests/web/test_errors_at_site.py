"""A page that is not there or not allowed keeps the site's menu for the site's own people, and tells others nothing."""

import pytest
from django.test import Client
from tests.web.conftest import Oakfield, signed_in
from tests.world import NOW, add_person, add_school

from consentry.audit.actor import OPERATOR
from consentry.schools.actions.publish_terms import publish_terms

MENU = 'href="/oakfield/partner-apps/pending"'


@pytest.mark.parametrize("page", ["nothing", "partner-apps/999999", "users/999999", "partner-apps/1/"])
def test_what_is_not_there_keeps_the_menu(asha: Client, page: str) -> None:
    answer = asha.get(f"/oakfield/{page}")

    assert answer.status_code == 404
    assert "<h1>There is no such page</h1>" in answer.text
    assert MENU in answer.text
    assert answer["Cache-Control"] == "no-store, private"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_is_not_allowed_keeps_the_menu_and_names_the_permission(tom: Client) -> None:
    answer = tom.get("/oakfield/login-history")

    assert answer.status_code == 403
    assert "School: User Accounts: Administer" in answer.text
    assert MENU in answer.text
    assert 'href="/oakfield/login-history"' not in answer.text


@pytest.mark.parametrize("page", ["nothing", "partner-apps/1"])
def test_what_belongs_to_others_looks_like_what_is_nowhere(oakfield: Oakfield, page: str) -> None:
    stranger = signed_in(add_person(add_school("elmwood"), "Lee Hart"))

    foreign, none = stranger.get(f"/oakfield/{page}"), stranger.get(f"/nowhere/{page}")

    assert foreign.status_code == none.status_code == 404
    assert foreign.content == none.content
    assert "Oakfield" not in foreign.text


def test_nothing_of_the_site_is_shown_before_the_terms_are_accepted(asha: Client) -> None:
    publish_terms("Be kind.", by=OPERATOR, at=NOW)

    answer = asha.get("/oakfield/nothing")

    assert answer.status_code == 404
    assert MENU not in answer.text
    assert "Oakfield" not in answer.text


def test_nobody_signed_in_sees_the_plain_page(oakfield: Oakfield) -> None:
    answer = Client().get("/oakfield/nothing")

    assert answer.status_code == 404
    assert "Oakfield" not in answer.text
