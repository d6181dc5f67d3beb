"""What the operator alone does about permissions: what opens a page, and handing a role back to the product."""

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.test import Client
from django.utils import timezone

from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.edit_role import edit_role
from consentry.people.actions.end_role import end_role
from consentry.people.actions.mail_links import mail_links
from consentry.people.actions.take_over_role import take_over_role
from consentry.people.models import Account, User
from consentry.people.queries.permissions import openings_at
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import OPENED_BY, Page
from consentry.rules.permissions import ADMINISTERS, Level, Permission
from consentry.schools.models import Site
from tests.people.staffroom import at_site, role
from tests.world import NOW, add_person, add_school


@pytest.fixture
def site(database: str) -> Site:
    """A school with an administrator and somebody of the office."""
    site = add_school()
    add_person(site, "Asha Patel")
    add_person(site, "Tom Reed", OFFICE)
    return site


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


def refused(result: Result) -> InvalidError:
    assert isinstance(result.exception, InvalidError)
    return result.exception


def account(site: Site, name: str) -> Account:
    return at_site(User.objects.get(name=name), site)


def client_of(site: Site, name: str) -> Client:
    client = Client()
    client.force_login(account(site, name).user)
    return client


def test_the_operator_sees_what_opens_each_page_and_what_the_product_comes_with(site: Site) -> None:
    run("page", "set", "login-history", Permission.DATA_RETURNS, "--at", "school")

    shown = run("page", "list").output

    for page in Page:
        assert page.value in shown
    line = next(each for each in shown.splitlines() if "login-history" in each and "school" in each)
    assert Permission.DATA_RETURNS in line
    assert Permission.SCHOOL_USER_ACCOUNTS in line


def test_the_operator_is_warned_of_sites_where_nobody_can_open_the_page_any_more(site: Site) -> None:
    elmwood = add_school("elmwood")
    add_person(elmwood, "Lee Hart", OFFICE)
    add_school("nobodys")

    shut = run("page", "set", "users", Permission.SCHOOL_USER_ACCOUNTS, "--at", "school")
    assert "Warning: nobody of their own people can open it now at:\n  Elmwood School (elmwood)\n" in shut.output
    assert "oakfield" not in shut.output
    assert "nobodys" not in shut.output, "a site without people misses nobody"

    assert "Warning" not in run("page", "set", "users", Permission.DATA_RETURNS, "--at", "school").output


def test_what_opens_a_page_is_changed_for_the_next_click(site: Site) -> None:
    """Of the issue: a table that "the operator can change", as "the product's own pages disagree"."""
    tom = client_of(site, "Tom Reed")
    assert tom.get("/oakfield/users").status_code == 403

    assert run("page", "set", "users", Permission.DATA_RETURNS, "--at", "school").exit_code == 0
    assert tom.get("/oakfield/users").status_code == 200

    assert run("page", "reset", "users", "--at", "school").exit_code == 0
    assert tom.get("/oakfield/users").status_code == 403


def test_a_page_or_permission_that_is_not_there_is_refused_in_words(site: Site) -> None:
    assert refused(run("page", "set", "users", "Everything", "--at", "school")).field == "permission"
    assert refused(run("page", "set", "migration", Permission.GROUP_MANAGE_USERS, "--at", "trust")).field == "page"
    assert refused(run("page", "set", "users", Permission.DATA_RETURNS, "--at", "trust")).field == "permission"
    assert refused(run("page", "reset", "users", "--at", "school")).field == "page"
    assert run("page", "set", "nothing", Permission.DATA_RETURNS, "--at", "school").exit_code == 2
    assert run("page", "set", "users", "--at", "school").exit_code == 2


def test_a_role_is_handed_back_by_the_operator_alone(site: Site) -> None:
    """Help pages: only support can hand a role back."""
    take_over_role(site, role(site, OFFICE).id, by=account(site, "Asha Patel"), at=NOW)

    answer = run("role", "hand-back", "--site", "oakfield", "--role", OFFICE)

    assert "Office Staff is managed by Consentry and holds Data Returns: Administer." in answer.output
    assert refused(run("role", "hand-back", "--site", "oakfield", "--role", OFFICE)).field == "role"
    assert refused(run("role", "hand-back", "--site", "nowhere", "--role", OFFICE)).field == "site"


def test_a_role_that_alone_administers_is_not_handed_back(site: Site) -> None:
    office, asha = role(site, OFFICE), account(site, "Asha Patel")
    take_over_role(site, office.id, by=asha, at=NOW)
    wanted = frozenset(ADMINISTERS[Level.SCHOOL])
    edit_role(site, office.id, wanted, seen=frozenset({Permission.DATA_RETURNS}), by=asha, at=NOW)
    end_role(site, asha.id, asha.assignments.get().id, ends_on=None, by=asha, at=NOW)

    refusal = refused(run("role", "hand-back", "--site", "oakfield", "--role", OFFICE))

    assert "Nobody would be left" in refusal.reason


def test_the_operator_shuts_somebody_out_and_lets_them_in_again(site: Site) -> None:
    tom = client_of(site, "Tom Reed")
    words = ("--site", "oakfield", "--email", "TOM.reed@example.org")

    assert run("user", "disable", *words).exit_code == 0
    assert tom.get("/oakfield/").status_code == 302
    assert refused(run("user", "disable", *words)).field == "account"
    assert run("user", "enable", *words).exit_code == 0
    assert client_of(site, "Tom Reed").get("/oakfield/").status_code == 200


def test_the_operator_cannot_shut_the_last_administrator_out(site: Site) -> None:
    refusal = refused(run("user", "disable", "--site", "oakfield", "--email", "asha.patel@example.org"))

    assert "Nobody would be left to administer this site" in refusal.reason


def test_the_operator_has_a_link_sent_and_does_not_see_it(site: Site) -> None:
    answer = run("user", "send-link", "--site", "oakfield", "--email", "tom.reed@example.org")

    assert "password/reset" not in answer.output
    mail_links(base_url="https://consentry.example.org", hours=96, at=timezone.now())
    assert mail.outbox[-1].to == ["tom.reed@example.org"]


def test_who_is_not_there_is_said_not_to_be(site: Site) -> None:
    add_person(add_school("elmwood"), "Lee Hart")

    for email in ("lee.hart@example.org", "nobody@example.org"):
        assert refused(run("user", "disable", "--site", "oakfield", "--email", email)).field == "email"
    assert refused(run("user", "enable", "--site", "nowhere", "--email", "x@example.org")).field == "site"


def test_what_the_product_comes_with_is_restored_exactly(site: Site) -> None:
    run("page", "set", "users", Permission.DATA_RETURNS, "--at", "school")
    run("page", "reset", "users", "--at", "school")

    assert openings_at(Level.SCHOOL) == OPENED_BY[Level.SCHOOL]
